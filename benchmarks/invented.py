"""What all records of an invented workspace draw on: its days, its names, its sentences, and who and what there is."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

TODAY = date(2026, 11, 20)
FIRST_DAY = date(2025, 1, 6)

SURNAMES = ("li", "wang", "zhang", "chen", "zhou", "lin", "sun", "becker", "webb", "holm", "reid", "marin", "petrov", "okafor")
GIVEN = ("wei", "min", "na", "rui", "kai", "yue", "ting", "nora", "marcus", "grace", "jonas", "sofia", "anna", "ada")
FUNCTIONS = ("product", "operations", "engineering", "design", "marketing", "support")
THEMES = ("late-delivery", "substitutions", "refunds", "packaging", "search", "checkout", "slots", "app-speed", "prices", "freshness")
SUBJECTS = (
    "The evening slot",
    "The refund form",
    "A missing bag",
    "The substitution list",
    "The cold box",
    "The rider's route",
    "The weekly menu",
    "The depot's shift plan",
)
VERBS = (
    "was late",
    "confused a customer",
    "worked better than before",
    "took three calls to settle",
    "needs a clear owner",
    "saved an hour a day",
    "was tried in two districts",
)
ENDS = (
    "on Friday evening", "for customers with large orders", "since the last release", "in the two new districts", "when it rains",
    "after the shift change", "although the plan said otherwise", "and nobody had been told",
)  # fmt: skip
CHINESE = (
    "晚间时段的订单比上周多了两成，骑手排班还没有跟上。", "客户说退款要等三天，希望当天就能看到进度。",
    "仓库的分拣错误主要出在交接班前后半小时。", "替换商品的提示太晚，客户已经出门了。",
    "运营和产品约好每周三一起看一次数据。", "新包装到手后破损少了一半，成本高了两分钱。",
)  # fmt: skip


@dataclass(slots=True)
class Workspace:
    """What has been made so far; later records name earlier ones."""

    counts: dict[str, int]
    dice: random.Random = field(default_factory=lambda: random.Random(20261120))
    ids: dict[str, list[str]] = field(default_factory=dict)
    people_of: dict[str, list[str]] = field(default_factory=dict)
    active: list[tuple[str, int]] = field(default_factory=list)

    def person(self, index: int) -> str:
        return self.ids["person"][index % len(self.ids["person"])]

    def people(self, index: int, count: int) -> str:
        return flow(dict.fromkeys(self.person(index * 3 + step * 7) for step in range(count)))

    def team(self, index: int) -> str:
        return self.ids["team"][index % len(self.ids["team"])]

    def one(self, kind: str, index: int) -> str:
        return self.ids[kind][index % len(self.ids[kind])]

    def sentence(self) -> str:
        return f"{self.dice.choice(SUBJECTS)} {self.dice.choice(VERBS)} {self.dice.choice(ENDS)}."

    def title(self) -> str:
        return self.sentence()[:-1]


@dataclass(frozen=True, slots=True)
class Written:
    """A record before it is filled up to its size: its id, its fields, and where its free text goes.

    ``text`` names the field that takes it in a plain YAML file; without one the text is the body of a Markdown file.
    """

    id: str
    fields: str
    links: tuple[str, ...] = ()
    text: str = ""
    folder: str = ""


def flow(values: object) -> str:
    assert hasattr(values, "__iter__")
    return "[" + ", ".join(values) + "]"


def weekday(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(max(0, day.weekday() - 4))


def spread(index: int, count: int, last: date = TODAY - timedelta(12)) -> date:
    """The day of the record ``index`` of ``count`` that come evenly from the first day to the last."""
    return weekday(FIRST_DAY + (last - FIRST_DAY) * (index + 1) / count)


def value(day: date, metric: int) -> float:
    return 20 + metric % 7 + (day - FIRST_DAY).days * 0.05


def quarter(index: int) -> tuple[str, date, date]:
    """The period of a goal with its first and last day: eight quarters from 2025-Q1, the last one is the present."""
    year, quarter = divmod(index % 8, 4)
    first = date(2025 + year, quarter * 3 + 1, 1)
    last = date(2025 + year + (quarter == 3), (quarter * 3 + 3) % 12 + 1, 1) - timedelta(1)
    return f"{first.year}-Q{quarter + 1}", first, last


def person_id(index: int) -> str:
    """A person's id; the number only where the names are used up."""
    given, surname = GIVEN[index % len(GIVEN)], SURNAMES[index // len(GIVEN) % len(SURNAMES)]
    round_ = index // (len(GIVEN) * len(SURNAMES))
    return f"{surname}-{given}-{round_ + 1}" if round_ else f"{surname}-{given}"


def slug(index: int) -> str:
    return f"{THEMES[index % len(THEMES)]}-{index + 1}"
