"""Records as their authors write them, for tests that need some and do not care which."""

from __future__ import annotations

TEAM = {"team/teams/operations.yaml": "title: Operations\nfunction: operations\n"}
PEOPLE = {
    **TEAM,
    "team/people/li-wei.yaml": "title: 李薇\nteam: operations\n",
    "team/people/ma-li.yaml": "title: 马力\nteam: operations\n",
}


def goal(name: str = "A", *lines: str, body: str = "") -> str:
    return "\n".join(["---", f"title: {name}", "period: 2026-Q4", "status: active", *lines, "---", body])


def plan(name: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {name}", "team: operations", "status: active", *lines, "---", ""])
