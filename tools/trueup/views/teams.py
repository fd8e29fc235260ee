"""How teams work together: what they owe each other, what blocks them, and what they learn and do together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trueup.views.activities import Activity, Share
from trueup.views.derived import Derived
from trueup.views.obligations import Obligation
from trueup.views.owed import Owed, owed
from trueup.views.selection import EVERYTHING, Selection, team_of


@dataclass(frozen=True, slots=True)
class Teams:
    """Of the chosen teams: what they owe or are owed, what of theirs is blocked, and their share in activities.

    ``activities``: those of the last 183 days, latest first; ``coming``: soonest first. ``people`` are those of the teams;
    ``without`` are those of them, by address, who had part in nothing during these days.
    """

    today: date
    owed: tuple[Owed, ...]
    blocked: tuple[Obligation, ...]
    activities: tuple[Activity, ...]
    coming: tuple[Activity, ...]
    teams: tuple[Share, ...]
    people: tuple[Share, ...]
    without: tuple[str, ...]


def teams(derived: Derived, chosen: Selection = EVERYTHING) -> Teams:
    """What there is between teams, and of each, on the day of ``derived``."""
    workspace, found = derived.workspace, derived.activities
    blocked = (one for pair in derived.obligations if pair.debtor is None and chosen.has((), (pair.creditor,)) for one in pair.obligations)
    return Teams(
        today=derived.today,
        owed=tuple(one for one in owed(derived) if chosen.has((), (one.debtor, one.creditor))),
        blocked=tuple(blocked),
        activities=tuple(one for one in found.recent if has_part(one, derived, chosen)),
        coming=tuple(one for one in found.coming if has_part(one, derived, chosen)),
        teams=tuple(one for one in found.teams if chosen.has((), (one.address,))),
        people=tuple(one for one in found.people if chosen.has_owner(one.address, workspace)),
        without=tuple(one for one in found.without if chosen.has_owner(one, workspace)),
    )


def has_part(one: Activity, derived: Derived, chosen: Selection) -> bool:
    """Whether an activity belongs in: by the teams that it names, or by who hosts it or takes part."""
    return chosen.has(one.people, (*one.teams, *(team_of(person, derived.workspace) for person in one.people)))
