"""Bodies of records as HTML: what comes out for what people write, and for what somebody writes who means harm."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trueup.render.markdown import may_link, render_markdown

ALLOWED = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "s", "a", "br", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "div", "span",
}  # fmt: skip
ATTRIBUTES = {"id", "href", "rel", "class", "start", "tabindex", "style"}


class Links:
    """Knows one goal, and every file that is not above the workspace."""

    def __init__(self) -> None:
        self.anchors = 0

    def record(self, address: str) -> tuple[str, str] | None:
        return ("../goal/dinner.html", "Dinner at nine") if address == "goal/dinner" else None

    def file(self, path: str) -> str | None:
        return None if path.startswith("..") else f"source/{path}"

    def anchor(self, title: str) -> str:
        self.anchors += 1
        return f"h-{self.anchors}"


def html(text: str) -> str:
    return render_markdown(text, Links()).html.strip()


def test_render_markdown__moves_the_highest_heading_to_the_second_level() -> None:
    rendered = render_markdown("### Why\n\n##### How *much*\n", Links())
    assert rendered.html == '<h2 id="h-1">Why</h2>\n<h4 id="h-2">How <em>much</em></h4>\n'
    assert [(one.level, one.title) for one in rendered.headings] == [(2, "Why"), (4, "How much")]


def test_render_markdown__makes_links_of_addresses_of_records() -> None:
    assert html("[[goal/dinner]] and [[goal/dinner|the *goal*]]") == (
        '<p><a href="../goal/dinner.html">Dinner at nine</a> and <a href="../goal/dinner.html">the *goal*</a></p>'
    )


def test_render_markdown__marks_a_link_to_no_record() -> None:
    assert html("[[goal/lunch]]") == '<p><span class="tu-dead">goal/lunch</span></p>'


def test_render_markdown__leaves_addresses_in_code_alone() -> None:
    assert html("`[[goal/dinner]]`") == "<p><code>[[goal/dinner]]</code></p>"


def test_render_markdown__takes_a_link_with_words_inside_a_table() -> None:
    assert '<a href="../goal/dinner.html">dinner</a>' in html("| a |\n|---|\n| [[goal/dinner\\|dinner]] |\n")


def test_render_markdown__sends_relative_links_to_files_and_others_away() -> None:
    assert html("[notes](notes.txt) [up](../../etc/passwd)") == '<p><a href="source/notes.txt">notes</a> <a class="tu-dead">up</a></p>'
    assert html("[there](https://example.com/a?b=c&d)") == (
        '<p><a href="https://example.com/a?b=c&amp;d" rel="noopener noreferrer">there</a></p>'
    )


def test_render_markdown__shows_an_image_as_a_link() -> None:
    assert (
        html("![a chart](https://example.com/x.png)") == '<p><a href="https://example.com/x.png" rel="noopener noreferrer">a chart</a></p>'
    )
    assert html("![](chart.png)") == '<p><a href="source/chart.png">chart.png</a></p>'


def test_render_markdown__shows_the_title_of_a_block_of_code() -> None:
    assert html('```yaml title="goals/<x>.md"\na: 1\n```') == (
        '<p class="tu-code-title">goals/&lt;x&gt;.md</p>\n<pre tabindex="0"><code>a: 1\n</code></pre>'
    )


def test_render_markdown__shows_html_as_text() -> None:
    assert html("<b onclick=x>bold</b>\n\n<script>alert(1)</script>") == (
        "<p>&lt;b onclick=x&gt;bold&lt;/b&gt;</p>\n<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "\u200bjavascript:alert(1)",
        "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.example/x", "\\\\evil.example",
        "/\\evil.example", "%5C%5Cevil", "blob:x",
    ],
)  # fmt: skip
def test_may_link__refuses(url: str) -> None:
    assert not may_link(url)


@pytest.mark.parametrize(
    "url", ["https://example.com", "HTTP://example.com", "mailto:a@example.com", "../plans/x.md", "x.md#part", "#part", "a:b.md/"[1:]]
)
def test_may_link__takes(url: str) -> None:
    assert may_link(url)


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))", "[a](&#106;avascript:alert(1))", "[a](&#x6A;avascript&colon;alert(1))", "<javascript:alert(1)>",
        "[a]: javascript:alert(1)\n\n[a]", "![a](data:image/svg+xml,x)", "[a](//evil.example)", "[a](\\\\\\\\evil.example)",
    ],
)  # fmt: skip
def test_render_markdown__makes_no_link_of(text: str) -> None:
    assert "href" not in html(text)


@pytest.mark.parametrize(
    "text",
    [
        "<![CDATA[" * 4096,
        "\n".join("  " * depth + "- x" for depth in range(200)),
        "[a](" * 8192,
        "![" * 18_000,
        "[[a/b|" * 6000,
        "[" * 36_000,
        "*a **b " * 5000,
        " ".join("`" * count for count in range(1, 260)),
        ">" * 36_000,
        "a|" * 5000 + "\n" + "-|" * 5000 + "\n" + "a\n" * 8000,
        "~~a" * 12_000,
        "*_" * 18_000,
        "&#1" * 12_000,
        "[a](<" * 7000,
        "x" * 1_000_000,
        "- [a](b)\n" * 20_000,
    ],
    ids=lambda text: text[:12],
)
def test_render_markdown__is_done_within_two_seconds(text: str) -> None:
    started = time.process_time()
    rendered = html(text)
    assert time.process_time() - started < 2
    assert rendered


def test_render_markdown__shows_what_is_nested_too_deep_as_it_is_written() -> None:
    assert "innermost" in html("\n".join("  " * depth + "- x" for depth in range(200)) + " innermost")


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.wrong.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES or (name == "style" and not re.fullmatch(r"text-align:(left|right|center)", value or "")):
                self.wrong.append(f"{tag} {name}={value}")
            if (
                name == "href"
                and re.match(r"\s*[a-z]+:", value or "", re.IGNORECASE)
                and not re.match(r"https?://|mailto:", value or "", re.IGNORECASE)
            ):
                self.wrong.append(f"{tag} {name}={value}")


_SIGNS = "<script> </p> \" ' > onerror= [ ]( ) ![ [[goal/ dinner | ]] javascript: &#106; data: https://x ` ``` # - |---| * _ ~~ \\ < a"
_MORE = "&lt; &quot; <!-- --> <![CDATA[ {{ %}"
PIECES = st.sampled_from([*_SIGNS.split(" "), *_MORE.split(" "), " ", "\n", "\n\n", "\t"])


@given(st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join))
@example('[a](x"onclick=alert(1))')
@example('```x" onclick="y\n```')
def test_render_markdown__never_lets_markup_of_the_text_through(text: str) -> None:
    seen = Seen()
    seen.feed(html(text))
    seen.close()
    assert seen.wrong == []
