"""The Markdown body of a record as HTML that is safe to publish, whoever wrote it.

CommonMark with tables and strikethrough. HTML in the text stays text; links lead to http, https and mail addresses, to
records, and to files of the repository; images become links. ``[[kind/id]]`` is a link to a record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from trueup.records.references import LINK

# CommonMark asks for no limit. Deeper than this nobody nests, and what is deeper would only cost time.
_DEEPEST = 60

# Some texts take the parser time that grows with their square. What is longer than this, or asks for this many looks for
# the end of a bracket (how many there are in a paragraph, times its length), is shown as it is written.
_LONGEST = 100_000
_MOST_LOOKS = 10_000_000
_NEW_BLOCK = re.compile(r"\n(?=[ \t]*(?:\n|[-*+] |#))")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body; ``level`` is the one it has on the page."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A body as HTML, and its headings in order."""

    html: str
    headings: tuple[Heading, ...]


class Links(Protocol):
    """Who knows where a link leads."""

    def record(self, address: str) -> tuple[str, str] | None:
        """URL and title of the record that ``[[address]]`` means; None where there is none."""
        ...

    def file(self, path: str) -> str | None:
        """URL for a relative link, as written in the record's file; None where it leads nowhere."""
        ...

    def anchor(self, title: str) -> str:
        """An id for a heading, another one each time."""
        ...


def render_markdown(text: str, links: Links, *, top: int = 2) -> Rendered:
    """Renders a body; its highest heading gets the level ``top``, the others follow at their distance."""
    if len(text) > _LONGEST or _looks(text) > _MOST_LOOKS:
        return _as_written(text)
    parser = _parser()
    env: EnvType = {"links": links}
    tokens = parser.parse(text, env)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        return _as_written(text)
    headings = tuple(_level_headings(tokens, links, top))
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = _resolved(token.children, links)
    return Rendered(parser.renderer.render(tokens, parser.options, env), headings)


def _looks(text: str) -> int:
    if text.count("[") * len(text) <= _MOST_LOOKS:
        return 0
    return sum(block.count("[") * len(block) for block in _NEW_BLOCK.split(text))


def _as_written(text: str) -> Rendered:
    return Rendered(f'<pre tabindex="0">{_escaped(text)}</pre>\n', ())


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    parser.validateLink = may_link  # type: ignore[method-assign]
    parser.inline.ruler.before("link", "record_link", _record_link)
    parser.add_render_rule("record_link", _render_record_link)
    parser.add_render_rule("fence", _render_fence)
    parser.add_render_rule("table_open", _render_table_open)
    parser.add_render_rule("table_close", _render_table_close)
    return parser


_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_SAFE = re.compile(r"(?:https?://|mailto:)[^\s]", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")


def may_link(url: str) -> bool:
    """Whether a link may lead to ``url``: to http, https, a mail address, or anything without a scheme and a host."""
    url = _UNSEEN.sub("", url)
    if _SAFE.match(url):
        return True
    return not (_SCHEME.match(url) or url.startswith(("//", "\\", "/\\")) or "%5c" in url[:6].lower())


def _level_headings(tokens: Sequence[Token], links: Links, top: int) -> list[Heading]:
    """Moves the headings so that the highest is at ``top``, and gives each an id of its own."""
    opens = [index for index, token in enumerate(tokens) if token.type == "heading_open"]
    if not opens:
        return []
    shift = top - min(int(tokens[index].tag[1]) for index in opens)
    headings = []
    for index in opens:
        level = min(6, int(tokens[index].tag[1]) + shift)
        title = _plain(tokens[index + 1].children or [])
        anchor = links.anchor(title)
        tokens[index].tag = tokens[index + 2].tag = f"h{level}"
        tokens[index].attrSet("id", anchor)
        headings.append(Heading(level, anchor, title))
    return headings


def _plain(children: Sequence[Token]) -> str:
    """The words of a line without their markup."""
    return "".join(one.content if one.type in ("text", "code_inline", "image") else _words(one) for one in children).strip()


def _words(token: Token) -> str:
    if token.type == "record_link":
        return str(token.meta["words"] or token.meta["address"])
    return " " if token.type in ("softbreak", "hardbreak") else ""


def _resolved(children: Sequence[Token], links: Links) -> list[Token]:
    """The tokens of a line, with each link sent where it leads, and each image turned into a link."""
    found: list[Token] = []
    for token in children:
        if token.type == "link_open":
            _send(token, str(token.attrs.get("href", "")), links)
        elif token.type == "image":
            opening, closing = Token("link_open", "a", 1), Token("link_close", "a", -1)
            source = str(token.attrs.get("src", ""))
            _send(opening, source, links)
            found += [opening, Token("text", "", 0, content=_plain(token.children or []) or source), closing]
            continue
        found.append(token)
    return found


def _send(token: Token, href: str, links: Links) -> None:
    if _SCHEME.match(href):
        token.attrs = {"href": href, "rel": "noopener noreferrer"}
        return
    url = links.file(href)
    token.attrs = {"class": "tu-dead"} if url is None else {"href": url}


def _record_link(state: StateInline, silent: bool) -> bool:
    """``[[kind/id]]`` and ``[[kind/id|words]]``, as the references of bodies are read."""
    if not state.src.startswith("[[", state.pos):
        return False
    found = LINK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("record_link", "", 0)
        token.meta = {"address": found.group(1).strip(), "words": (found.group(2) or "").strip()}
    state.pos = found.end()
    return True


def _render_record_link(_: Any, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    address, words = tokens[index].meta["address"], tokens[index].meta["words"]
    target = env["links"].record(address)
    if target is None:
        return f'<span class="tu-dead">{_escaped(words or address)}</span>'
    url, title = target
    return f'<a href="{_escaped(url)}">{_escaped(words or title)}</a>'


_TITLE = re.compile(r'(?:^|\s)title="([^"]*)"')


def _render_fence(_: Any, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """A block of code; ``title="…"`` after its language stands above it."""
    token = tokens[index]
    title = _TITLE.search(token.info)
    caption = f'<p class="tu-code-title">{_escaped(title.group(1))}</p>\n' if title else ""
    return f'{caption}<pre tabindex="0"><code>{_escaped(token.content)}</code></pre>\n'


def _render_table_open(*_: Any) -> str:
    return '<div class="tu-scroll"><table>\n'


def _render_table_close(*_: Any) -> str:
    return "</table></div>\n"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("'", "&#39;")
