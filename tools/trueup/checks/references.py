"""TU2: names of records that are not there, of another kind, taken twice, going round in a circle or contradicting each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from trueup.checks.meant import Guesses, address_meant, kind_meant
from trueup.checks.rule import Context, rule
from trueup.checks.text import folded_path
from trueup.diagnostic import START, Position, Problem
from trueup.locale import Label, Text, msg
from trueup.records.nearest import nearest
from trueup.records.record import Record
from trueup.records.references import Reference, almost_links
from trueup.records.workspace import Workspace


@rule("TU201", "unknown-reference")
def unknown_reference(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A field names a record that does not exist."""
    guesses = Guesses()
    for reference in workspace.unresolved:
        if reference.in_body:
            continue
        if reference.state == "unknown":
            hint = _new_name(reference, workspace, context) or _meant(reference, workspace, guesses)
            yield reference.problem(_nobody(reference, workspace), hint)
        elif reference.state == "malformed":
            yield reference.problem(*_malformed(reference, workspace))


def _new_name(reference: Reference, workspace: Workspace, context: Context) -> Text | None:
    """What to write where one side of a merge has renamed what the other side names."""
    new = context.renamed.get(f"{reference.kind}/{reference.id}")
    return msg('the merge has renamed it: write "{id}"', id=new) if new is not None and new in workspace.ids(reference.kind) else None


def _nobody(reference: Reference, workspace: Workspace) -> Text:
    kind = _called(reference.kind, workspace)
    by = "id" if reference.ref.addressed else reference.ref.by
    if by == "path":
        return msg('there is no {kind} at "{path}"', kind=kind, path=reference.id)
    if by != "id":
        return msg('no {kind} has the {field} "{value}"', kind=kind, field=by, value=reference.id)
    return msg('no {kind} has the id "{id}"', kind=kind, id=reference.id)


def _called(kind: str, workspace: Workspace) -> Label | str:
    """A kind in a sentence: by its name, which is an English word, and in Chinese by its label."""
    return Label(kind, workspace.kinds[kind].label.zh) if kind in workspace.kinds else kind


def _meant(reference: Reference, workspace: Workspace, guesses: Guesses) -> Text | None:
    if (hint := guesses.guess(reference.kind, reference.id, workspace.ids(reference.kind))) is not None:
        return hint
    if other := workspace.kind_with(reference.id):
        return msg('"{id}" is of the kind "{kind}"', id=reference.id, kind=_called(other, workspace))
    return msg("create it, or correct the name")


def _malformed(reference: Reference, workspace: Workspace) -> tuple[Text, Text]:
    kinds = reference.ref.kinds or tuple(workspace.kinds)
    if reference.kind:
        if right := address_meant(reference.text, kinds, workspace):
            return msg('there is no kind "{kind}"', kind=reference.kind), msg('did you mean "{address}"?', address=right)
        meant = nearest(reference.kind, kinds)
        hint = msg('did you mean "{address}"?', address=f"{meant}/{reference.id}") if meant else msg("the kinds are {kinds}", kinds=kinds)
        return msg('there is no kind "{kind}"', kind=reference.kind), hint
    owner = next((kind for kind in kinds if reference.id in workspace.ids(kind)), kinds[0])
    return msg('"{text}" is not an address', text=reference.text), msg(
        'write the kind too, as "{address}"', address=f"{owner}/{reference.id or 'id'}"
    )


@rule("TU202", "wrong-kind")
def wrong_kind(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A field names a record of a kind that does not belong there."""
    for reference in workspace.unresolved:
        if reference.state == "wrong-kind":
            message = msg(
                '"{text}" is of the kind "{kind}", which does not belong here', text=reference.text, kind=_called(reference.kind, workspace)
            )
            yield reference.problem(message, msg("name one of these kinds: {kinds}", kinds=reference.ref.kinds))


@rule("TU203", "unknown-part")
def unknown_part(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A field names a task, a milestone, a key result or another part that its record does not have."""
    guesses = Guesses()
    for reference in workspace.references():
        if reference.state != "found" or reference.in_body or not (reference.part or reference.ref.parts):
            continue
        if problem := _part_problem(reference, workspace, guesses):
            yield problem


def _part_problem(reference: Reference, workspace: Workspace, guesses: Guesses) -> Problem | None:
    lists = reference.ref.parts
    if not reference.part:
        if not lists:
            return None
        hint = msg('write "{address}#" and the id of one of its {lists}', address=reference.record, lists=lists)
        return reference.problem(msg('"{text}" names a whole record, and a part of it is needed', text=reference.text), hint)
    target = reference.source if reference.record == reference.source.address else workspace.record(reference.record)
    if target is None or target.part(reference.part, lists):
        return None
    message = msg('{address} has no part "{part}"', address=reference.record, part=reference.part)
    names = tuple(islice(target.parts(lists), _MOST_NAMES))
    there = msg("it has {names}", names=names) if names else msg("it has no parts")
    hint = guesses.guess(reference.record, reference.part, target.parts(lists)) or there
    return reference.problem(message, hint)


# Of the parts that there are, as many as this are named.
_MOST_NAMES = 10


@rule("TU204", "reference-cycle")
def reference_cycle(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """Records or tasks that follow each other go round in a circle."""
    edges: dict[str, dict[str, Reference]] = defaultdict(dict)
    for reference in workspace.references():
        if reference.ref.acyclic and reference.state == "found":
            edges[_follower(reference)].setdefault(reference.target, reference)
    on_cycle = _on_cycles({node: list(targets) for node, targets in edges.items()})
    firsts = {node: edges[node][way[0]] for node, way in on_cycle.items()}
    told: set[str] = set()
    for node in sorted(firsts, key=lambda node: _place(firsts[node])):
        way, reference = on_cycle[node], firsts[node]
        if node in told or (workspace.selected is not None and reference.source.path not in workspace.selected):
            continue
        told.update(way)
        yield reference.problem(msg("these go round in a circle: {way}", way=_arrows([node, *way])), msg("take one of the steps out"))


def _place(reference: Reference) -> tuple[str, int, int]:
    position = reference.source.position(reference.route)
    return reference.source.path, position.line, position.column


def _arrows(way: list[str]) -> Text:
    """The nodes of a way with arrows between them: the beginning and the end of a long one, and of tasks of one plan just their ids."""
    if len({node.partition("#")[0] for node in way}) == 1:
        way = [node.partition("#")[2] or node for node in way]
    shown = way if len(way) <= _LONGEST_WAY else [*way[: _LONGEST_WAY - 2], "…", way[-1]]
    names = [f"node{index}" for index in range(len(shown))]
    return Text(" → ".join(f"{{{name}}}" for name in names), tuple(zip(names, shown, strict=True)))


# More nodes than this would make the message too long to read.
_LONGEST_WAY = 5


def _follower(reference: Reference) -> str:
    """The node that a reference starts from: the task that holds it, or the whole record."""
    record = reference.source
    if len(reference.route) > 2 and reference.route[0] in record.kind.parts and isinstance(reference.route[1], int):
        item = record.item_at(reference.route)
        return f"{record.address}#{item.text('id') if item else None}"
    return record.address


def _on_cycles(edges: dict[str, list[str]]) -> dict[str, list[str]]:
    """For every node on a cycle, a shortest way from it back to itself; linear but for the nodes that are on one."""
    found: dict[str, list[str]] = {}
    for group in _strongly_connected(edges):
        if len(group) > 1 or group[0] in edges.get(group[0], ()):
            members = set(group)
            for node in group[:_MOST_SHOWN]:
                found[node] = _way_back(node, members, edges)
    return found


# A circle of hundreds is told of at this many of its members; more would say the same again.
_MOST_SHOWN = 50


def _way_back(start: str, members: set[str], edges: dict[str, list[str]]) -> list[str]:
    before: dict[str, str] = {}
    waiting = [start]
    for node in waiting:
        for target in edges.get(node, ()):
            if target == start:
                way = [start]
                while node != start:
                    way.append(node)
                    node = before[node]
                return way[::-1]
            if target in members and target not in before:
                before[target] = node
                waiting.append(target)
    raise AssertionError("a member of a strongly connected group reaches itself")


def _strongly_connected(edges: dict[str, list[str]]) -> Iterator[list[str]]:
    """Tarjan's algorithm (SIAM J. Comput. 1, 1972) without recursion, so that a chain of thousands is no trouble."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    for root in edges:
        if root in index:
            continue
        work: list[tuple[str, Iterator[str]]] = [(root, iter(edges[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, targets = work[-1]
            for target in targets:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(edges.get(target, ()))))
                    break
                if target in on_stack:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    group = [stack.pop()]
                    while group[-1] != node:
                        group.append(stack.pop())
                    on_stack.difference_update(group)
                    yield group[::-1]


@rule("TU205", "dead-link")
def dead_link(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A [[link]] in a text leads to no record or to no part of one."""
    guesses = Guesses()
    for record in workspace.records:
        brackets = record.body.count("[[") if "[" in record.body else 0
        if not brackets or record.route:
            continue
        links = [one for one in workspace.references_from(record) if one.in_body]
        for reference in links:
            if reference.state == "unknown":
                hint = _new_name(reference, workspace, context) or _meant(reference, workspace, guesses)
                yield reference.problem(_nobody(reference, workspace), hint)
            elif reference.state == "malformed":
                yield reference.problem(*_malformed(reference, workspace))
            elif problem := _part_problem(reference, workspace, guesses):
                yield problem
        # Where there are more brackets than links, some are not quite one.
        if brackets > len(links) and record.kind.built_in:
            yield from _almost_links(record, workspace)


def _almost_links(record: Record, workspace: Workspace) -> Iterator[Problem]:
    """Links that are none because of a capital, a space or a kind left out; brackets that mean something else are nobody's business."""
    own = [kind.name for kind in workspace.kinds.values() if kind.built_in]
    for text, position in almost_links(record):
        message = msg('"{text}" is not an address', text=text)
        if right := address_meant(text, own, workspace):
            yield Problem(record.path, position, message, msg('write "{link}"', link=f"[[{right}]]"), record.address)
        elif "/" in text and kind_meant(text.partition("/")[0], own, workspace):
            yield Problem(record.path, position, message, msg('write kind and id, as in "{link}"', link="[[goal/…]]"), record.address)


@rule("TU206", "reused-id")
def reused_id(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """Two records of a kind have the same id, upper and lower case not counted."""
    firsts: dict[tuple[str, str], tuple[str, str, Position]] = {}
    again: dict[tuple[str, str], list[tuple[str, str, Position]]] = defaultdict(list)
    for kind, name, path, position in _every_id(workspace):
        here = (name, path, position)
        if firsts.setdefault((kind, name.lower()), here) is not here:
            again[kind, name.lower()].append(here)
    for (kind, folded), others in again.items():
        found = [firsts[kind, folded], *others]
        if len({folded_path(path) for _, path, _ in found}) == 1 and len({path for _, path, _ in found}) > 1:
            # The rule "colliding-name" says so of the same files.
            continue
        _, first, place = found[0]
        chosen = workspace.selected
        for name, path, position in others if chosen is None or any(path in chosen for _, path, _ in others) else found:
            other = first if (path, position) != (first, place) else others[0][1]
            message = msg('the id "{id}" is already taken by {path}', id=name, path=other)
            yield Problem(path, position, message, msg("give one of the two another id"), f"{kind}/{name}")


def _every_id(workspace: Workspace) -> Iterator[tuple[str, str, str, Position]]:
    """Kind, id, path and place of every id: from the names of the files where they give it, else from the records."""
    id_in = {
        kind.name: kind.id_rule.from_path for kind in workspace.kinds.values() if kind.layout == "file" and kind.id_rule.form != "field"
    }
    for path, name in workspace.paths.items():
        if name in id_in:
            yield name, id_in[name](path), path, START
    for record in workspace.records:
        if record.kind.layout != "file" or record.kind.id_rule.form == "field":
            yield record.kind.name, record.id, record.path, _id_place(record)


def _id_place(record: Record) -> Position:
    name = record.kind.id_rule.field
    return record.position((name,)) if name and name in record.data else record.position((), key=True)


@rule("TU208", "unknown-key-result")
def unknown_key_result(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A check-in reports a key result that its goal does not have."""
    guesses = Guesses()
    names_of: dict[str, dict[str, None]] = {}
    for record in workspace.of_kind("checkin"):
        values = record.fields.inside("key_results")
        goal = workspace.record(record.fields.text("subject") or "")
        if values is None or goal is None:
            continue
        if goal.address not in names_of:
            names_of[goal.address] = dict.fromkeys(goal.parts(("key_results",)))
        names = names_of[goal.address]
        told = {one.route for one in record.mismatches}
        for name in values.data:
            if name not in names and ("key_results", name) not in told:
                message = msg('{address} has no key result "{name}"', address=goal.address, name=name)
                there = msg("it has {names}", names=tuple(islice(names, _MOST_NAMES))) if names else None
                hint = guesses.guess(goal.address, name, names) or there
                yield record.problem(message, hint, ("key_results", name), at_key=True)


@rule("TU209", "present-and-absent")
def present_and_absent(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A meeting names the same person among those who were there and among those who were not."""
    for meeting in workspace.of_kind("meeting"):
        there = frozenset(meeting.fields.texts("attendees"))
        for index, name in enumerate(meeting.data.get("absent", ()) if there & {*meeting.fields.texts("absent")} else ()):
            if isinstance(name, str) and name in there:
                message = msg('"{name}" stands under "attendees" and under "absent"', name=name)
                yield meeting.problem(message, msg("take the name out of one of the two"), ("absent", index))
