"""site/nav: few entries, in the order in which people are told of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from conftest import TODAY, Written
from trueup.cli.reference import commands
from trueup.site.nav import navigation
from trueup.site.sources import read_site

Write = Callable[[Mapping[str, str | bytes]], Written]


def guide(root: Path) -> list[object]:
    docs = root / "docs"
    pages = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    entries = navigation(read_site(root, docs, pages, TODAY, "file", commands), pages)
    assert isinstance(entries[-1], dict)
    return list(entries[-1]["Guide"])


def test_navigation__follows_the_links_of_the_first_page(workspace: Write) -> None:
    manual = (
        "# Manual\n\n[Start](start.md), [kinds](kinds/index.md), [rules](../rules/index.md#tu0), [adopt](adopt.md), [start](start.md)\n"
    )
    handbook = "# Handbook\n\n- [Zeal](zeal.md)\n- [Aims](aims.md)\n"
    root = workspace({
        "docs/manual/index.md": manual, "docs/manual/adopt.md": "# A\n", "docs/manual/start.md": "# S\n", "docs/manual/more.md": "# M\n",
        "docs/handbook/index.md": handbook, "docs/handbook/aims.md": "# A\n", "docs/handbook/zeal.md": "# Z\n",
    }).root  # fmt: skip
    assert guide(root) == [
        {"Handbook": ["handbook/index.md", "handbook/zeal.md", "handbook/aims.md"]},
        {
            "Manual": [
                "manual/index.md",
                "manual/start.md",
                {"Kinds of records": "manual/kinds/index.md"},
                {"Rules": "rules/index.md"},
                "manual/adopt.md",
                "manual/more.md",
                {"Commands": "manual/commands.md"},
            ]
        },
    ]


def test_navigation__without_a_manual_of_the_team_has_what_is_made(workspace: Write) -> None:
    assert guide(workspace({"docs/index.md": "# Home\n"}).root) == [
        {"Manual": [{"Commands": "manual/commands.md"}, {"Kinds of records": "manual/kinds/index.md"}, {"Rules": "rules/index.md"}]}
    ]
