"""The order of plans by RICE for the terminal, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.locale import translator
from trueup.locale.joining import led, listed
from trueup.render.numbers import number
from trueup.render.shares import percent
from trueup.render.tables import Table, write_table
from trueup.render.terminal import shown
from trueup.views.names import Names
from trueup.views.ranking import FACTORS, RankedPlan, Ranking, Sensitivity


def ranking_as_text(ranking: Ranking, names: Names) -> str:
    """The plans that have a score, what would change their order, and the plans without a score."""
    _ = translator(names.language)
    ranked = [plan for plan in ranking.plans if plan.rank is not None]
    rest = [plan for plan in ranking.plans if plan.rank is None]
    blocks = []
    if ranked:
        headings: dict[str, str] = {"rank": "#", "plan": _("Plan"), "score": "RICE"}
        headings.update((factor, _label(factor, names)) for factor in FACTORS)
        table = write_table(Table(tuple(headings), tuple(_row(plan, names) for plan in ranked), headings, gives_way="plan"), "text")
        blocks = [table, "".join(_steadiness(ranking, names))]
    if rest:
        lines = "".join("  " + led(shown(plan.title), _missing(plan, names), names.language) + "\n" for plan in rest)
        blocks.append(_("Without a score, as something is missing") + "\n" + lines)
    return "\n".join(blocks) if blocks else _("There is no plan to rank.") + "\n"


def _row(plan: RankedPlan, names: Names) -> tuple[str, ...]:
    confidence = "" if plan.confidence is None else percent(plan.confidence)
    values = (plan.reach, plan.impact, plan.effort)
    reach, impact, effort = ("" if value is None else number(value) for value in values)
    return str(plan.rank), plan.title, _score(plan.score or 0.0), reach, impact, confidence, effort


def _score(score: float) -> str:
    """As many places as tell small scores apart, and none where they say nothing."""
    return number(round(score, 1 if score < 100 else 0), None) if score >= 1 or not score else f"{score:.2g}"


def _steadiness(ranking: Ranking, names: Names) -> Iterator[str]:
    _ = translator(names.language)
    if ranking.holds:
        yield _("The order holds with each of the four weights at 75% and at 125%.") + "\n"
        return
    yield _("The order hangs on the weights:") + "\n"
    titles = {plan.address: plan.title for plan in ranking.plans}
    for one in ranking.sensitivity:
        for swap in one.swaps:
            yield "  " + _swap(one, titles[swap.ahead], titles[swap.overtaken_by], names) + "\n"


def _swap(one: Sensitivity, ahead: str, overtaken_by: str, names: Names) -> str:
    _ = translator(names.language)
    words = _("{factor} at {weight}: “{second}” overtakes “{first}”")
    weight = percent(one.weight)
    return words.format(factor=_label(one.factor, names), weight=weight, second=shown(overtaken_by), first=shown(ahead))


def _missing(plan: RankedPlan, names: Names) -> str:
    _ = translator(names.language)
    if not plan.missing:
        return _("its score is too large for a number")
    return listed((_label(factor, names) for factor in plan.missing), names.language)


def _label(factor: str, names: Names) -> str:
    """What the schema calls a factor."""
    kind = names.workspace.kinds.get("plan")
    found = kind.field(factor) if kind else None
    return found.label.say(names.language) if found else factor
