"""Plans by RICE: reach × impact × confidence ÷ effort, and whether their order hangs on how much one of the four counts.

To multiply a factor by a constant changes all scores alike and the order not at all. What can be weighed is how much a factor
counts beside the others, so each in turn is raised to the power of 0.75 and of 1.25, which is its weight at ±25%.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from trueup.records.record import Record
from trueup.records.workspace import Workspace

Factor = Literal["reach", "impact", "confidence", "effort"]

FACTORS: tuple[Factor, ...] = ("reach", "impact", "confidence", "effort")
WEIGHTS = (0.75, 1.25)


@dataclass(frozen=True, slots=True)
class RankedPlan:
    """A plan that is open or a draft. ``rank`` counts from 1, equal scores share one; None for a plan that lacks a factor.

    ``score`` is in users by impact a person-week; ``missing`` names the factors that are not written or can't be used.
    """

    address: str
    title: str
    status: str
    reach: float | None
    impact: float | None
    confidence: float | None
    effort: float | None
    score: float | None
    rank: int | None
    missing: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """Two neighbours in the order, of which the second overtakes the first; plans with the same score are all neighbours of the next."""

    ahead: str
    overtaken_by: str


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What becomes of the order where ``factor`` counts with ``weight``. ``holds``: nothing. Otherwise the neighbours that swap."""

    factor: Factor
    weight: float
    holds: bool
    swaps: tuple[Swap, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Plans by their score, the highest first, then those without one by address. ``holds``: with every weight at ±25%."""

    plans: tuple[RankedPlan, ...]
    holds: bool
    sensitivity: tuple[Sensitivity, ...]


def ranking(workspace: Workspace) -> Ranking:
    """The plans that are still to be done, in the order of their score. The order holds for fewer than two plans with a score."""
    plans = [plan for plan in workspace.of_kind("plan") if plan.kind.group_of(plan.status) in ("open", "draft")]
    scored = [(one, logs) for one in plans if (logs := _logarithms(one)) and _score(one) is not None]
    scored.sort(key=lambda one: (-_weighed(one[1], {}), one[0].address))
    rest = sorted((one for one in plans if one.address not in {plan.address for plan, _ in scored}), key=lambda one: one.address)
    ranks = _ranks([_weighed(logs, {}) for _, logs in scored])
    ranked = [_ranked(plan, rank) for (plan, _), rank in zip(scored, ranks, strict=True)]
    sensitivity = tuple(_sensitivity(scored, factor, weight) for factor in FACTORS for weight in WEIGHTS)
    return Ranking((*ranked, *(_ranked(plan, None) for plan in rest)), all(one.holds for one in sensitivity), sensitivity)


def _factor(plan: Record, factor: Factor) -> float | None:
    """A factor that can be used: none is below 0, and nothing is done without effort."""
    value = plan.fields.number(factor)
    return value if value is not None and (value > 0 or (value == 0 and factor != "effort")) else None


def _logarithms(plan: Record) -> dict[Factor, float] | None:
    values = {factor: _factor(plan, factor) for factor in FACTORS}
    found = {factor: math.log(value) if value else -math.inf for factor, value in values.items() if value is not None}
    return found if len(found) == len(FACTORS) else None


def _weighed(logs: Mapping[Factor, float], weights: Mapping[Factor, float]) -> float:
    """The logarithm of the score: it orders as the score does, and is never too large for a number.

    Rounded to where scores that are equal on paper stay equal, whatever the order of multiplication.
    """
    signed = (weights.get(factor, 1.0) * logs[factor] * (-1 if factor == "effort" else 1) for factor in FACTORS)
    return round(sum(signed), 9)


def _score(plan: Record) -> float | None:
    reach, impact, confidence, effort = (_factor(plan, factor) for factor in FACTORS)
    if reach is None or impact is None or confidence is None or not effort:
        return None
    score = float(reach) * impact * confidence / effort
    return score if math.isfinite(score) else None


def _ranks(scores: list[float]) -> Iterator[int]:
    rank = 0
    for place, score in enumerate(scores):
        if not place or score != scores[place - 1]:
            rank = place + 1
        yield rank


def _ranked(plan: Record, rank: int | None) -> RankedPlan:
    values = {factor: _factor(plan, factor) for factor in FACTORS}
    return RankedPlan(
        address=plan.address,
        title=plan.title,
        status=plan.status or "",
        reach=values["reach"],
        impact=values["impact"],
        confidence=values["confidence"],
        effort=values["effort"],
        score=_score(plan) if rank else None,
        rank=rank,
        missing=tuple(factor for factor in FACTORS if values[factor] is None),
    )


def _sensitivity(scored: list[tuple[Record, dict[Factor, float]]], factor: Factor, weight: float) -> Sensitivity:
    """An order is another one where neighbours swap; to compare those is enough. Of equal ones, the first and the last stand for all."""
    ends = []
    for _, equal in groupby(scored, key=lambda one: _weighed(one[1], {})):
        weighed = [(_weighed(logs, {factor: weight}), plan.address) for plan, logs in equal]
        ends.append((min(weighed), max(weighed)))
    swaps = tuple(Swap(lowest[1], highest[1]) for (lowest, _), (_, highest) in pairwise(ends) if lowest[0] < highest[0])
    return Sensitivity(factor, weight, not swaps, swaps)
