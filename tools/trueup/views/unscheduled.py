"""Why there is no forecast: of a task, a milestone, or a whole plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from trueup.views.critical_path import Placed, circles, waits_for
from trueup.views.network import Network


@dataclass(frozen=True, slots=True)
class Unscheduled:
    """An open part without a forecast, or an open plan in which nothing is planned.

    circle: it goes round in a circle with others; behind: it waits for one without a forecast; far: it lies further ahead than
    30 years, or takes longer than 20; undated: a milestone without a date; empty: a plan without tasks and milestones that count.
    """

    address: str
    why: Literal["circle", "behind", "far", "undated", "empty"]


def unscheduled(net: Network, placed: Sequence[Placed | None]) -> tuple[Unscheduled, ...]:
    """All open parts and plans without a forecast, by address; what waits for them has none either."""
    empty = (plan.address for plan, span in zip(net.plans, net.spans, strict=True) if is_empty(net, span))
    found = [*_parts(net, placed), *(Unscheduled(address, "empty") for address in empty)]
    return tuple(sorted(found, key=lambda one: one.address))


def is_empty(net: Network, span: range) -> bool:
    """Whether a plan has no tasks and milestones, or none that were not dropped."""
    return all(net.parts[place].state == "dropped" for place in span)


def _parts(net: Network, placed: Sequence[Placed | None]) -> Iterator[Unscheduled]:
    open_parts = [place for place, part in enumerate(net.parts) if part.state == "open"]
    yield from (Unscheduled(net.addresses[place], "undated") for place in open_parts if not net.parts[place].holds)
    missing = [place for place in open_parts if net.parts[place].holds and placed[place] is None]
    if not missing:
        return
    links = [waits_for(one) for one in net.activities]
    group = circles(links)
    sizes: dict[int, int] = {}
    for number in group:
        sizes[number] = sizes.get(number, 0) + 1
    for place in missing:
        around = sizes[group[place]] > 1 or place in links[place]
        behind = any(placed[other] is None for other in links[place])
        yield Unscheduled(net.addresses[place], "circle" if around else "behind" if behind else "far")
