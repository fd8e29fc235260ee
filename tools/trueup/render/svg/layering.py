"""Where the members of a network stand: in layers, each after all that it waits for, so that few lines cross.

The method is Sugiyama's (1981): lines that close a circle are turned round, layers are those of the longest path, members of a
layer are ordered by the middle of their neighbours. The same network gives the same picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Edge = tuple[str, str]

_SWEEPS = 8

# Lines over several layers get a place in each between. Of a network with more of them the rest goes straight.
_MOST_BENDS = 1500


@dataclass(frozen=True, slots=True)
class Vertex:
    """A member, or with ``bend`` above 0 the place where a line to ``name`` crosses a layer."""

    name: str
    bend: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One edge as the vertices that it goes through. ``is_back``: it was turned round, as it closes a circle."""

    way: tuple[Vertex, ...]
    is_back: bool


@dataclass(frozen=True, slots=True)
class Layers:
    """``layers`` from the first to the last, each from top to bottom."""

    layers: tuple[tuple[Vertex, ...], ...]
    lines: tuple[Line, ...]


def layered(names: Sequence[str], edges: Sequence[Edge]) -> Layers:
    """The layers of a network; an edge goes from what comes first to what waits for it. Edges from and to unknown names are left out."""
    known = dict.fromkeys(names)
    found = [*dict.fromkeys((one, other) for one, other in edges if one in known and other in known and one != other)]
    back = _closing([*known], found)
    forward = [*dict.fromkeys((edge[1], edge[0]) if edge in back else edge for edge in found)]
    depth = _depths([*known], forward)
    layers: list[list[Vertex]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for name in known:
        layers[depth[name]].append(Vertex(name))
    ways = dict(_ways(forward, depth, layers))
    ordered = _ordered(layers, [*ways.values()])
    turned = ((edge, (edge[1], edge[0]) if edge in back else edge) for edge in found)
    return Layers(tuple(map(tuple, ordered)), tuple(Line(ways[way], edge in back) for edge, way in turned))


def _next(edges: Sequence[Edge]) -> dict[str, list[str]]:
    after: dict[str, list[str]] = {}
    for one, other in edges:
        after.setdefault(one, []).append(other)
    return after


def _closing(names: Sequence[str], edges: Sequence[Edge]) -> set[Edge]:
    """The edges that lead back to where a walk has come from."""
    after, closing = _next(edges), set[Edge]()
    done, walking = set[str](), set[str]()
    for start in names:
        stack = [(start, iter(after.get(start, ())))] if start not in done else []
        walking.update(name for name, _ in stack)
        while stack:
            name, rest = stack[-1]
            other = next(rest, None)
            if other is None:
                stack.pop()
                walking.discard(name)
                done.add(name)
            elif other in walking:
                closing.add((name, other))
            elif other not in done:
                walking.add(other)
                stack.append((other, iter(after.get(other, ()))))
    return closing


def _depths(names: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """How many come before each, one after the other; ``edges`` have no circle."""
    after, waiting = _next(edges), dict.fromkeys(names, 0)
    for _, other in edges:
        waiting[other] += 1
    depth = dict.fromkeys(names, 0)
    ready = [name for name in names if not waiting[name]]
    for name in ready:
        for other in after.get(name, ()):
            depth[other] = max(depth[other], depth[name] + 1)
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return depth


def _ways(edges: Sequence[Edge], depth: Mapping[str, int], layers: list[list[Vertex]]) -> Iterator[tuple[Edge, tuple[Vertex, ...]]]:
    """The vertices that each edge goes through; its bends are added to the layers."""
    bends = 0
    for edge in edges:
        one, other = edge
        between = []
        for layer in range(depth[one] + 1, depth[other]):
            if bends < _MOST_BENDS:
                bends += 1
                between.append(Vertex(other, bends))
                layers[layer].append(between[-1])
        yield edge, (Vertex(one), *between, Vertex(other))


def _ordered(layers: list[list[Vertex]], ways: Sequence[Sequence[Vertex]]) -> list[list[Vertex]]:
    """The layers, each ordered by the middle of what its members are joined to: forwards and backwards in turn."""
    before: dict[Vertex, list[Vertex]] = {}
    after: dict[Vertex, list[Vertex]] = {}
    for way in ways:
        for one, other in pairwise(way):
            after.setdefault(one, []).append(other)
            before.setdefault(other, []).append(one)
    places: dict[Vertex, float] = {}
    for layer in layers:
        _number(layer, places)
    for sweep in range(_SWEEPS):
        near = after if sweep % 2 else before
        for layer in reversed(layers) if sweep % 2 else layers:
            middles = {one: sum(map(places.__getitem__, near[one])) / len(near[one]) if one in near else places[one] for one in layer}
            layer.sort(key=middles.__getitem__)
            _number(layer, places)
    return layers


def _number(layer: list[Vertex], places: dict[Vertex, float]) -> None:
    """Notes the places in a layer, from 0 to 1: layers have different lengths."""
    for place, vertex in enumerate(layer):
        places[vertex] = (place + 0.5) / len(layer)
