"""What waits for what: plans that wait for plans, or the tasks of one plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from trueup.locale import Text, msgs, translator
from trueup.locale.days import written
from trueup.render.html import EMPTY, Html, joined
from trueup.render.svg.chart import NARROW, WIDE, Chart, KeyEntry, Picture, chart
from trueup.render.svg.drawing import Place, arrow, bow, circle, flow, line, link, polyline, rect, text, tick, unsaid
from trueup.render.svg.layering import Edge, Layers, Vertex, layered
from trueup.render.svg.text import SMALL, wrapped
from trueup.render.svg.wording import sentences
from trueup.render.tables import Table
from trueup.views.names import Names
from trueup.views.schedule import Schedule, ScheduledPart, ScheduledPlan

_MOST, _MOST_EDGES = 60, 240

# A box, the distance between two in a column, and that of a line which passes between them.
_BOX, _PITCH, _PASS, _GAP = 54.0, 66.0, 16.0, 48.0

# With more columns than this a box has no room for a name; then there is a list with bows, as in a narrow place.
_COLUMNS = 5
_ROW = 42.0


@dataclass(frozen=True, slots=True)
class Node:
    """``look``: critical, open or done; ``words`` say how it stands, ``is_late`` that this is bad."""

    address: str
    title: str
    words: str = ""
    look: str = "open"
    is_late: bool = False


def plan_dependencies_chart(schedule: Schedule, names: Names, url: Callable[[str], str | None]) -> Chart:
    """The open plans that follow one another, or of which a task waits for a task of another."""
    language = names.language
    _ = translator(language)
    nodes = [_plan_node(plan, language) for plan in schedule.plans]
    known = {plan.address for plan in schedule.plans}
    edges = [(target, plan.address) for plan in schedule.plans for target in _named_by(plan, names) if target in known]
    return dependencies_chart("plans", _("Which plan waits for which"), nodes, edges, language, url)


def task_dependencies_chart(plan: ScheduledPlan, names: Names, url: Callable[[str], str | None]) -> Chart:
    """The tasks and milestones of a plan that wait for one another, as it is written."""
    language = names.language
    nodes = [_part_node(part, language) for part in plan.parts if part.status != "dropped"]
    title = translator(language)("What waits for what in {plan}").format(plan=plan.title)
    return dependencies_chart(plan.address, title, nodes, [*_links(plan, names)], language, url)


def _named_by(plan: ScheduledPlan, names: Names) -> Iterator[str]:
    """The plans that a plan follows, or that its tasks depend on or are pegged to."""
    record = names.workspace.record(plan.address)
    for one in names.workspace.references_from(record) if record else ():
        if one.state == "found" and one.record != plan.address and (one.route[:1] == ("follows",) or _is_wait(one.route)):
            yield one.record


def _links(plan: ScheduledPlan, names: Names) -> Iterator[Edge]:
    record = names.workspace.record(plan.address)
    tasks = record.items("tasks") if record else ()
    own = {item.route[1]: f"{plan.address}#{item.text('id')}" for item in tasks if item.text("id")}
    for one in names.workspace.references_from(record) if record else ():
        if one.state == "found" and one.record == plan.address and _is_wait(one.route) and one.route[1] in own:
            yield one.target, own[one.route[1]]


def _is_wait(route: Sequence[str | int]) -> bool:
    return len(route) > 2 and route[0] == "tasks" and route[2] in ("depends_on", "pegged_to")


def _plan_node(plan: ScheduledPlan, language: str) -> Node:
    _ = translator(language)
    late = plan.days_late or 0
    if late > 0:
        return Node(plan.address, plan.title, msgs("{count} day late", "{count} days late", late).say(language), "open", True)
    words = written(plan.forecast, language) if plan.forecast else _("no forecast")
    return Node(plan.address, plan.title, words)


def _part_node(part: ScheduledPart, language: str) -> Node:
    _ = translator(language)
    late = part.days_late or 0
    look = "done" if part.status == "done" else "critical" if part.is_critical else "open"
    if part.status == "blocked":
        return Node(part.address, part.title, _("blocked"), look, True)
    if late > 0 and look != "done":
        return Node(part.address, part.title, msgs("{count} day late", "{count} days late", late).say(language), look, True)
    words = written(part.finish, language) if part.finish else _("done") if look == "done" else _("no forecast")
    return Node(part.address, part.title, words, look)


def dependencies_chart(
    name: str, title: str, nodes: Sequence[Node], edges: Sequence[Edge], language: str, url: Callable[[str], str | None]
) -> Chart:
    """A network: an edge leads from what comes first to what waits for it. What no edge touches is counted, not drawn.

    ``name`` is the chart's own on a page. Circles are drawn, the line that closes one dashed. Of more than 60 the first are shown.
    """
    every = {node.address: node for node in reversed(nodes)}
    joined_up = [*dict.fromkeys(edge for edge in edges if edge[0] != edge[1] and edge[0] in every and edge[1] in every)]
    touched = {address for edge in joined_up for address in edge}
    among = [node.address for node in nodes if node.address in touched]
    shown = {address: every[address] for address in dict.fromkeys(among)}
    for address in [*shown][_MOST:]:
        del shown[address]
    kept = [edge for edge in joined_up if edge[0] in shown and edge[1] in shown][:_MOST_EDGES]
    layers = layered([*shown], kept)
    drawing = _Drawing(shown, layers, url)
    left, alone = len(touched) - len(shown), len(every) - len(touched)
    notes = [msgs("{count} more is not shown.", "{count} more are not shown.", left)] if left else []
    if alone:
        notes.append(msgs("{count} more stands alone: nothing waits for it.", "{count} more stand alone: nothing waits for them.", alone))
    has_columns = 0 < len(layers.layers) <= _COLUMNS
    pictures = (drawing.columns() if has_columns else drawing.list(WIDE), drawing.list(NARROW)) if shown else ()
    return chart(
        f"dependencies-{name}",
        title,
        sentences([*_told(layers, shown), *notes], language),
        pictures,
        _table(layers, shown, language),
        key=_key(layers, shown, language),
        note=sentences(notes, language),
        has_links=any(url(address) for address in shown),
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    nodes: dict[str, Node]
    layers: Layers
    url: Callable[[str], str | None]

    def columns(self) -> Picture:
        """A column for each layer, as high as the fullest."""
        layers = self.layers.layers
        wide = (WIDE - _GAP * (len(layers) - 1)) / len(layers)
        wide, step = min(wide, 230.0), min(wide, 230.0) + _GAP
        heights = [sum(_PASS if vertex.bend else _PITCH for vertex in layer) for layer in layers]
        high = max(heights)
        places: dict[Vertex, Place] = {}
        for column, (layer, own) in enumerate(zip(layers, heights, strict=True)):
            y = (high - own) / 2
            for vertex in layer:
                pitch = _PASS if vertex.bend else _PITCH
                places[vertex] = column * step, y + pitch / 2
                y += pitch
        lines = [part for one in self.layers.lines for part in self._line([places[vertex] for vertex in one.way], wide, one.is_back)]
        boxes = [self._box(vertex, places[vertex], wide) for layer in layers for vertex in layer if not vertex.bend]
        return Picture(WIDE, high + 4, joined((unsaid(lines), *boxes)))

    def _line(self, way: Sequence[Place], wide: float, is_back: bool) -> Iterator[Html]:
        """From the right side of a box to the left side of another, level through the columns between."""
        # Below the other way round, where two wait for each other.
        way = [(x, y + 9) for x, y in way] if is_back else way
        (x1, y1), *between, (x2, y2) = way
        through = [place for x, y in between for place in ((x, y), (x + wide, y))]
        end = x2 if is_back else x2 - 5
        yield flow("edge back" if is_back else "edge", [(x1 + wide, y1), *through, (end, y2)])
        # The tip of a line that was turned round points at the box at its left.
        yield (
            polyline("edge", [(x1 + wide + 7, y1 - 4), (x1 + wide + 1, y1), (x1 + wide + 7, y1 + 4)])
            if is_back
            else arrow("edge-end", x2, y2)
        )

    def _box(self, vertex: Vertex, place: Place, wide: float) -> Html:
        node, (x, y) = self.nodes[vertex.name], place
        top = y - _BOX / 2
        room = wide - 20
        titles = wrapped(node.title, room, 2)
        # A title of one line stands in the middle of the room for two.
        first = top + (18 if len(titles) > 1 else 23)
        told = 10 + (14 if node.look == "done" else 0)
        parts = (
            rect(f"box {node.look}", x, top, wide, _BOX, 5),
            *(text("name", x + 10, first + 15 * place, line, hint=False) for place, line in enumerate(titles)),
            tick("tick", x + 14, top + (44 if len(titles) > 1 else 36), 3.2) if node.look == "done" else EMPTY,
            text(_words(node), x + told, top + (48 if len(titles) > 1 else 40), node.words, wide - told - 10, size=SMALL, hint=False),
        )
        return link(self.url(node.address), f"{node.title} · {node.words}", parts)

    def list(self, wide: float) -> Picture:
        """One below the other, what waits further down; bows at the left lead there."""
        order = [vertex.name for layer in self.layers.layers for vertex in layer if not vertex.bend]
        at = {name: (place + 0.5) * _ROW for place, name in enumerate(order)}
        gutter = 70.0
        bows = [part for one in self.layers.lines for part in self._bow(at[one.way[0].name], at[one.way[-1].name], gutter, one.is_back)]
        rows = [self._row(name, at[name], gutter, wide) for name in order]
        return Picture(wide, len(order) * _ROW + 2, joined((unsaid(bows), *rows)))

    def _bow(self, start: float, end: float, x: float, is_back: bool) -> Iterator[Html]:
        depth = min(84.0, 16 + abs(end - start) / _ROW * 9)
        yield bow("edge back" if is_back else "edge", x - 7, start, end, depth)
        yield arrow("edge-end", x - 6, start if is_back else end)

    def _row(self, name: str, y: float, x: float, wide: float) -> Html:
        node = self.nodes[name]
        dot = circle(f"node {node.look}", x, y, 5)
        words = text(_words(node), x + 14, y + 15, node.words, wide - x - 14, size=SMALL, hint=False)
        parts = (
            rect("hit", x - 8, y - _ROW / 2 + 1, wide - x + 8, _ROW - 2, 4),
            dot,
            tick("tick", x, y, 2.5) if node.look == "done" else EMPTY,
            text("name", x + 14, y, node.title, wide - x - 14, hint=False),
            words,
        )
        return link(self.url(node.address), f"{node.title} · {node.words}", parts)


def _words(node: Node) -> str:
    return "words bad" if node.is_late else "words quiet"


def _told(layers: Layers, nodes: dict[str, Node]) -> Iterator[Text]:
    yield msgs("{count} waits for another, or another for it.", "{count} wait for another, or another for them.", len(nodes))
    circles = sum(one.is_back for one in layers.lines)
    if circles:
        yield msgs("{count} link closes a circle.", "{count} links close a circle.", circles)


def _key(layers: Layers, nodes: dict[str, Node], language: str) -> Iterator[KeyEntry]:
    _ = translator(language)
    looks = {node.look for node in nodes.values()}
    if not nodes:
        return
    yield KeyEntry(joined((line("edge", 0, 6, 14, 6), arrow("edge-end", 19, 6))), _("waits for it"))
    if any(one.is_back for one in layers.lines):
        yield KeyEntry(line("edge back", 0, 6, 20, 6), _("waits as well: a circle"))
    if "critical" in looks:
        yield KeyEntry(rect("box critical", 1, 1, 18, 10, 3), _("critical path"))
    if "done" in looks:
        yield KeyEntry(joined((rect("box done", 1, 1, 18, 10, 3), tick("tick", 10, 6, 2.5))), _("done"))


def _table(layers: Layers, nodes: dict[str, Node], language: str) -> Table:
    """A row for each line of the picture."""
    _ = translator(language)
    headings = {"first": _("First"), "then": _("Then"), "state": _("Status")}
    rows = []
    for one in layers.lines:
        ends = (one.way[-1].name, one.way[0].name) if one.is_back else (one.way[0].name, one.way[-1].name)
        first, then = (nodes[name] for name in ends)
        rows.append((first.title, then.title, then.words))
    return Table(tuple(headings), tuple(rows), headings)
