"""Findings as readers of pages get them: by titles and days of people, and as written where that is the point."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from conftest import Write
from trueup.checks.runner import check
from trueup.diagnostic import Diagnostic
from trueup.locale import msg
from trueup.site.findings import findings_page, in_words
from trueup.site.site import Docs, Here, here, site_of

TODAY = date(2026, 11, 20)
SHOP = {
    "trueup.yaml": "title: Shop\n",
    "team/people/li.md": "---\ntitle: Li <i>Wei</i>\nteam: ops\n---\n",
    "team/teams/ops.yaml": "title: Operations\nfunction: operations\n",
    "plans/a.md": "---\ntitle: Evenings\nteam: ops\nowner: li\nstatus: active\ntasks:\n  - {id: t, title: Doors, status: todo}\n---\n",
}


def place_in(workspace: Write) -> Here:
    loaded = workspace(SHOP).load()
    return here(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file"), "findings.md")


def told(place: Here, words: str, address: str = "plan/a") -> str:
    return re.sub(r"</?a[^>]*>", "", in_words(place, finding(words, address)))


def finding(words: str, address: str = "plan/a") -> Diagnostic:
    return Diagnostic("plans/a.md", 1, 1, "TU000", "x", "warning", msg("{words}", words=words), None, address)


def test_in_words__names_records_parts_and_people_by_what_they_are_called(workspace: Write) -> None:
    place = place_in(workspace)
    assert told(place, 'the plan "plan/a" waits') == "the plan Evenings waits"
    assert told(place, '"t" was due on 2026-11-16') == "Doors was due on 16 Nov"
    assert told(place, "计划“plan/a#t”晚了") == "计划Doors晚了"
    assert told(place, '"li" has too much to do') == "Li &lt;i&gt;Wei&lt;/i&gt; has too much to do"
    assert 'href="plan/a.html' in in_words(place, finding('"plan/a#t"'))


def test_in_words__leaves_what_nobody_is_called_and_what_somebody_wrote(workspace: Write) -> None:
    place = place_in(workspace)
    for words in (
        "no person has the id &quot;nobody&quot;", "the id &quot;t&quot; is used twice", "&quot;2026-11-16&quot; is no period",
        "&quot;decision/2026-11-16-x&quot; is gone", "&lt;img src=x&gt; &quot;plan/&lt;b&gt;&quot;",
    ):  # fmt: skip
        plain = words.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">")
        assert told(place, plain).replace('"', "&quot;") == words


def test_in_words__says_states_by_their_labels_but_not_where_it_is_about_how_they_are_written(workspace: Write) -> None:
    place = place_in(workspace)
    assert unescape(told(place, 'this is "todo", and they say "on-track"')) == 'this is "To do", and they say "On track"'
    assert told(place, "现在是“off-track”") == "现在是“Off track”"
    assert unescape(told(place, '"shipped" is no state of a plan')) == '"shipped" is no state of a plan'
    written = Diagnostic("plans/a.md", 1, 1, "TU101", "x", "error", msg('"todo" is not a status'), None, "plan/a")
    assert (
        in_words(place, written) == '"todo" is not a status'.replace('"', "&quot;") or in_words(place, written) == '"todo" is not a status'
    )


def test_in_words__a_day_closes_up_to_chinese_words(workspace: Write) -> None:
    loaded = workspace({**SHOP, "trueup.yaml": "title: Shop\nlanguage: zh\n"}).load()
    place = here(site_of(loaded, (), TODAY, Docs(), "file"), "findings.md")
    assert told(place, "“t”自 2026-11-16 起，2025-01-02") == "Doors自11月16日起，2025年1月2日"


def test_findings_page__says_it_in_these_words(workspace: Write) -> None:
    place = place_in(workspace)
    assert '"plan/a"' not in findings_page(place.site).html
