"""From what was seen to what is measured, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trueup.locale import msgs, translator
from trueup.render.lines import aligned, called, more_in_words
from trueup.render.terminal import shown
from trueup.views.evidence import GAPS, Chain, Evidence, Gap
from trueup.views.names import Names

# So many decisions are told, and so many gaps of a sort.
_MOST = 8

# Titles may have commas in them.
_BETWEEN = " · "

# Of feedback, check-ins and retrospectives one is named; several are counted, as nobody reads their titles in a row.
_COUNTED = ("feedback", "checkin", "retro")


def evidence_as_text(found: Evidence, names: Names, *, every: bool = False) -> str:
    """The chains, the latest decision first, then where they are broken."""
    _ = translator(names.language)
    if not found.chains and not found.gaps:
        return _("There is no decision.") + "\n"
    told = found.chains if every else found.chains[:_MOST]
    rest = len(found.chains) - len(told)
    blocks = ["".join(_chain(one, names)) for one in told]
    if rest:
        blocks.append(more_in_words(rest, "trueup evidence --all", names.language) + "\n")
    blocks.extend(_gaps(found, names, every=every))
    return "\n".join(blocks)


def _chain(one: Chain, names: Names) -> Iterator[str]:
    _ = translator(names.language)
    record = names.workspace.record(one.decision)
    status = names.status(record) if record else None
    yield " ".join(filter(None, (one.date.isoformat() if one.date else "", shown(one.title), f"[{status.label}]" if status else ""))) + "\n"
    cited = {address.partition("#")[0] for address in one.evidence}
    there = _("{metric} (where it was seen)")
    measured = (there.format(metric=called(metric, names)) if metric in cited else called(metric, names) for metric in one.metrics)
    yield aligned(
        (
            (_("seen in"), _seen(one.evidence, names) or _("nothing that is named")),
            (_("changes"), _BETWEEN.join(called(part, names) for part in (*one.plans, *one.goals)) or _("no plan and no goal")),
            (_("measured by"), _BETWEEN.join(measured) or _("no metric")),
        ),
        1,
    )


def _seen(evidence: Iterable[str], names: Names) -> str:
    """Metrics and studies by name, though a finding is cited; of what there is a lot of, how many."""
    cited = list(dict.fromkeys(one.partition("#")[0] for one in evidence))
    words = [called(one, names) for one in cited if one.partition("/")[0] not in _COUNTED]
    for kind, count in ((kind, sum(one.startswith(f"{kind}/") for one in cited)) for kind in _COUNTED):
        if count:
            words.append(how_many(kind, count, names.language))
    return _BETWEEN.join(words)


def how_many(kind: str, count: int, language: str) -> str:
    words = {
        "feedback": msgs("{count} piece of feedback", "{count} pieces of feedback", count),
        "checkin": msgs("{count} check-in", "{count} check-ins", count),
        "retro": msgs("{count} retrospective", "{count} retrospectives", count),
    }
    return words[kind].say(language)


def _gaps(found: Evidence, names: Names, *, every: bool) -> Iterator[str]:
    for gap in GAPS:
        inside = [one for one in found.gaps if one.gap == gap]
        if not inside:
            continue
        most = len(inside) if every else _MOST
        rows = [(one.title, _whose(one, names)) for one in inside[:most]]
        rest = len(inside) - len(rows)
        more = f"  {more_in_words(rest, 'trueup evidence --all', names.language)}\n" if rest else ""
        yield f"{gap_heading(gap, names.language)}\n{aligned(rows, 0)}{more}"


def gap_heading(gap: str, language: str) -> str:
    """A sort of gap as somebody says it who has to close it."""
    _ = translator(language)
    return {
        "decision-without-evidence": _("Decided, but on no evidence that is named"),
        "plan-without-reason": _("Worked on, but for no goal and after no decision"),
        "goal-without-metric": _("Pursued, but measured by no metric"),
        "theme-without-answer": _("Said by several users, but taken up by no plan and no decision"),
        "study-without-decision": _("Researched, but used by no decision"),
    }[gap]


def gap_lead(gap: str, language: str) -> str:
    """A sort of gap in a word or two."""
    _ = translator(language)
    return {
        "decision-without-evidence": _("no evidence"),
        "plan-without-reason": _("no goal"),
        "goal-without-metric": _("no metric"),
        "theme-without-answer": _("not taken up"),
        "study-without-decision": _("not used"),
    }[gap]


def _whose(one: Gap, names: Names) -> str:
    """What says where to go: the address, or how often a theme was said."""
    if one.address is not None:
        return one.address
    return how_many("feedback", one.count or 0, names.language)
