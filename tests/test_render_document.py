"""A document as text, Markdown and HTML: record text stays text in each."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from markdown_it import MarkdownIt

from trueup.render.document import Document, Entry, Section, as_html, as_markdown, as_text

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "](javascript:alert(1))",
    "**bold** _it_ `code` ~~x~~",
    "&#64;everyone &lt;",
    "# heading",
    "| a | b |",
    "a\n\n## b",
    "[x]: http://evil",
    "<!-- x",
    "http://a.b",
    "1. x",
    "- x",
    "+ x",
    "===",
    "12) x",
    "1.",
    "12)",
    "-",
    "+",
    "---",
    "-- -",
    "#",
    "###### x",
    "#######",
    "x ##",
]


def document(text: str) -> Document:
    return Document(text, text, (Section(text, (Entry(text, text, (text, "")),), text), Section("Empty")), "en")


def test_as_markdown__a_document() -> None:
    made = Document(
        "Title", "Words", (Section("Done", (Entry("Task", "late", ("Li", "", "2 days")), Entry("Other")), "2 done"), Section("Empty")), "en"
    )
    assert as_markdown(made) == "# Title\n\nWords\n\n## Done\n\n2 done\n\n- late: **Task** · Li · 2 days\n- **Other**\n"


def test_as_text__a_document_with_chinese_lines_up() -> None:
    made = Document("标题", "", (Section("完成", (Entry("任务", "晚", ("李",)), Entry("Task", "late"))),), "zh")
    assert as_text(made) == "标题\n\n完成\n  晚     任务   李\n  late   Task\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_as_markdown__text_of_records_is_text(text: str) -> None:
    rendered = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(as_markdown(document(text)))
    assert rendered.count("<h1>") == 1
    assert rendered.count("<h2>") == 1
    assert rendered.count("<li>") == 1
    assert rendered.count("<strong>") == 1
    for tag in ("<img", "<a ", "<em>", "<code>", "<table", "<s>", "<!--", "<hr"):
        assert tag not in rendered
    line = " ".join(text.split())
    read = [unescape(one) for one in re.sub("<[^>]+>", "", rendered).splitlines() if one]
    assert read == [line, line, line, line, f"{line}: {line} · {line}"]


@pytest.mark.parametrize("text", ["18.5%", "1.5", "-5 °C", "+3 points", "−3", "2026-11-22", "Room #12", "#12", "=5", "1.x", "C#"])
def test_as_markdown__what_is_no_markup_stays_as_it_is(text: str) -> None:
    assert f"- **{text}**\n" in as_markdown(Document("T", "", (Section("S", (Entry(text),)),), "en"))


def test_as_markdown__mentions_nobody() -> None:
    assert "@everyone" not in as_markdown(document("hello @everyone"))


@pytest.mark.parametrize("text", [*HOSTILE, '"><script>alert(1)</script>'])
def test_as_html__text_of_records_is_text(text: str) -> None:
    page = as_html(replace(document(text), language="zh"))
    assert '<html lang="zh-CN">' in page
    assert page.count("<li>") == 1
    for tag in ("<img", "<script", "<a ", "<!--"):
        assert tag not in page
    assert "http-equiv" not in page


def test_as_text__hidden_characters_are_shown_and_not_obeyed() -> None:
    assert "\x1b" not in as_text(document("\x1b[31mred\u202e"))
    assert "\x1b" not in as_markdown(document("\x1b[31mred"))
