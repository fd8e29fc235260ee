"""What the delay of a plan reaches: goals, the plans that follow it, the work elsewhere that waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trueup.records.workspace import Workspace
from trueup.views.critical_path import waits_for
from trueup.views.network import Network


@dataclass(frozen=True, slots=True)
class Reach:
    """What the delay of a plan reaches, as addresses.

    ``goals`` are those of the plan and of the plans in ``plans``. ``plans`` follow this one, or end late as they wait for it.
    ``parts`` are tasks of other plans that wait for something of this plan that is late, or are pegged to it.
    """

    goals: tuple[str, ...]
    plans: tuple[str, ...]
    parts: tuple[str, ...]


class Reaches:
    """Looks up what reaches whom, for all late plans.

    ``paths`` are the addresses of the parts on the critical path of each, ``late`` those of its own parts that others have to
    wait for longer.
    """

    def __init__(self, net: Network, workspace: Workspace, paths: Mapping[str, Iterable[str]], late: Mapping[str, Iterable[str]]) -> None:
        self._goals: dict[str, set[str]] = {}
        self._behind: dict[str, set[str]] = {}
        self._waiting: dict[str, set[str]] = {}
        self._late = late
        self._read(net, workspace)
        delayed = {part for parts in late.values() for part in parts}
        for plan, path in paths.items():
            for step in path:
                if step in delayed:
                    self._note(step.partition("#")[0], plan)
        self._link(net)

    def of(self, plan: str) -> Reach:
        """What the delay of a plan reaches."""
        plans = self._behind.get(plan, set())
        return Reach(
            goals=tuple(sorted({goal for one in (plan, *plans) for goal in self._goals.get(one, ())})),
            plans=tuple(sorted(plans)),
            parts=tuple(sorted({one for part in self._late[plan] for one in self._waiting.get(part, ())})),
        )

    def _read(self, net: Network, workspace: Workspace) -> None:
        for plan in net.plans:
            for reference in workspace.references_from(plan):
                if reference.state == "found" and reference.route[:1] == ("goals",):
                    self._goals.setdefault(plan.address, set()).add(reference.record)
                elif reference.state == "found" and reference.route[:1] == ("follows",):
                    self._note(reference.record, plan.address)

    def _note(self, plan: str, behind: str) -> None:
        if plan != behind:
            self._behind.setdefault(plan, set()).add(behind)

    def _link(self, net: Network) -> None:
        links = [(peg.place, peg.target) for peg in net.pegs]
        links += [(place, other) for place in range(len(net.parts)) for other in waits_for(net.activities[place])]
        for place, other in links:
            source, target = net.addresses[place], net.addresses[other]
            if source.partition("#")[0] != target.partition("#")[0]:
                self._waiting.setdefault(target, set()).add(source)
