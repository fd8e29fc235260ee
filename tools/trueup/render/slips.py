"""The slip ledger for the terminal."""

from __future__ import annotations

from trueup.locale import msgs, translator
from trueup.locale.joining import with_note
from trueup.render.difference import days_in_words
from trueup.render.history import incomplete_in_words
from trueup.render.lines import aligned, block, called
from trueup.render.numbers import number
from trueup.views.names import Names
from trueup.views.slips import Slip, SlipLedger, SlipSum

_MOST = 20


def slips_as_text(found: SlipLedger, names: Names) -> str:
    """The sums by team and by record, then the slips themselves, the newest first."""
    _ = translator(names.language)
    if not found.slips and not found.is_incomplete:
        return _("No due date has been moved.") + "\n"
    if not found.slips:
        words = _("In the commits that this clone has, no due date was moved.")
        return f"{words}\n{incomplete_in_words(names.language)}\n"
    title = msgs("{count} due date was moved", "{count} due dates were moved", len(found.slips)).say(names.language)
    parts = [f"{_('By team')}\n{aligned([_sum(one, names) for one in found.teams], 0)}"] if found.teams else []
    if found.records:
        parts.append(block(_("By plan and goal"), [_sum(one, names) for one in found.records], names.language, _MOST, "", 0))
    parts.append(block(title, [_slip(one, names) for one in found.slips], names.language, _MOST, "trueup slips --format json", 2))
    if found.is_incomplete:
        parts.append(incomplete_in_words(names.language) + "\n")
    return "\n".join(parts)


def _sum(one: SlipSum, names: Names) -> tuple[str, ...]:
    _ = translator(names.language)
    later = msgs("{count} time later", "{count} times later", one.later).say(names.language) if one.later else ""
    earlier = msgs("{count} time earlier", "{count} times earlier", one.earlier).say(names.language) if one.earlier else ""
    middle = _("median {days}").format(days=number(one.median_later)) if one.later else ""
    return called(one.address, names), days_in_words(one.days, names.language), later, earlier, middle


def _slip(one: Slip, names: Names) -> tuple[str, ...]:
    moved = f"{one.before.isoformat()} → {one.after.isoformat()}"
    title = one.title if one.address == one.record else f"{one.record_title} › {one.title}"
    reason = " · ".join(filter(None, (one.origin.subject, one.problem or "")))
    title = with_note(title, "" if one.is_promise else translator(names.language)("not promised"), names.language)
    return one.origin.time.date().isoformat(), days_in_words(one.days, names.language), title, moved, one.origin.author, reason
