"""What a pull request means, for the person who is to agree to it: what is different, what follows from it, and who should be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from trueup.diagnostic import Diagnostic
from trueup.history.difference import FieldChange, of_mappings
from trueup.records.workspace import Workspace
from trueup.views.changes import RecordChange
from trueup.views.derived import Derived
from trueup.views.effects import Effects, effects
from trueup.views.findings import by_disposition, told_apart, worst_first
from trueup.views.named import whole
from trueup.views.responsibility import answering


@dataclass(frozen=True, slots=True)
class Asked:
    """A person or a team that answers for what is changed or reached, on either side of the change. ``about`` are those records."""

    address: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """The difference of two states, on the day ``today``. ``before`` and ``after`` are full ids of commits; None is what is on disk.

    ``settings`` are the changes of trueup.yaml, ``schemas`` the kinds whose schema is new, gone or another. ``new``, ``fixed`` and
    ``unseen`` are the findings that only one of the states has, the worst first: ``unseen`` are those that are gone as their rule is
    off or their record is gone. ``unchanged`` counts the others.
    """

    today: date
    before: str
    after: str | None
    records: tuple[RecordChange, ...]
    effects: Effects
    settings: tuple[FieldChange, ...]
    schemas: tuple[str, ...]
    new: tuple[Diagnostic, ...]
    fixed: tuple[Diagnostic, ...]
    unseen: tuple[Diagnostic, ...]
    unchanged: int
    asked: tuple[Asked, ...]


def review(
    before: str,
    after: str | None,
    records: tuple[RecordChange, ...],
    old: Derived,
    new: Derived,
    findings: tuple[Iterable[Diagnostic], Iterable[Diagnostic]],
) -> Review:
    """A review of two states, both looked at on the day of ``new``; ``findings`` are those of the old state and of the new one."""
    moved = {one.old_path: one.path for one in records if one.old_path}
    brought, gone, unchanged = told_apart(*findings, moved)
    fixed, unseen = by_disposition(gone, new.workspace)
    follows = effects(old, new)
    return Review(
        today=new.today,
        before=before,
        after=after,
        records=records,
        effects=follows,
        settings=of_mappings(old.workspace.config.written, new.workspace.config.written),
        schemas=tuple(_schemas(old.workspace, new.workspace)),
        new=tuple(worst_first(brought)),
        fixed=tuple(worst_first(fixed)),
        unseen=tuple(worst_first(unseen)),
        unchanged=unchanged,
        asked=tuple(_asked(records, follows, old.workspace, new.workspace)),
    )


def _schemas(old: Workspace, new: Workspace) -> Iterator[str]:
    """The kinds, by name, that are read by another schema than before."""
    for name in sorted(old.kinds.keys() | new.kinds.keys()):
        was, now = old.kinds.get(name), new.kinds.get(name)
        if was is None or now is None or was.schema != now.schema:
            yield name


def _asked(records: Iterable[RecordChange], follows: Effects, *workspaces: Workspace) -> Iterator[Asked]:
    """Everybody who answers for something that is changed or reached, those who answer for most of it first."""
    about: dict[str, dict[str, None]] = {}
    for address in _concerned(records, follows):
        for workspace in workspaces:
            record = workspace.record(address)
            for one in answering(workspace, record) if record else ():
                about.setdefault(one, {})[address] = None
    for one, addresses in sorted(about.items(), key=lambda item: (-len(item[1]), item[0])):
        yield Asked(one, tuple(addresses))


def _concerned(records: Iterable[RecordChange], follows: Effects) -> list[str]:
    found = [one.address for one in records]
    for delay in follows.delays:
        if delay.days is None or delay.days > 0:
            found += [delay.address, *delay.goals, *delay.plans, *map(whole, delay.parts)]
    found += [whole(address) for promise in follows.broken for address in (promise.address, promise.target)]
    found += [*follows.goals_without_plans, *(one.address for one in follows.rewritten)]
    found += [address for one in follows.put_off for address in (whole(one.address), *one.outlives)]
    return list(dict.fromkeys(found))
