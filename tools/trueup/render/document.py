"""A text with headings and lists that goes to a terminal, into a Markdown file, or into a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape

from trueup.locale.joining import led
from trueup.render.lines import aligned, prose
from trueup.render.log import logged, unmentioned
from trueup.render.terminal import shown

# What Markdown would read as markup (CommonMark 0.31, 2.4), and the start of an entity.
_MARKUP = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?[A-Za-z0-9]+;)")

# Where a backslash keeps a line from being a list, a heading or a rule (4.1 to 4.3, 5.2): after the number or before the sign that
# begins it, and before the number signs at its end, which a heading drops.
_START = re.compile(r"^(\d{1,9}(?=[.)](?: |$))|(?=[-+](?: |$)|#{1,6} |-[- ]*$|=+$))|(?:^|(?<= ))(?=#+$)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list. ``text`` is the matter, ``lead`` a few words before it, ``facts`` short ones after it.

    ``address`` is what the matter is, for who can link to it; ``""`` for what is no record. ``tone`` is the state that the lead
    tells of, for who has colours: a tone of views/values.py, ``""`` for none.
    """

    text: str
    lead: str = ""
    facts: tuple[str, ...] = ()
    address: str = ""
    tone: str = ""

    def told_after(self) -> str:
        """What follows the matter, as " · Anna · due 24 Nov"; what is done about it leads on with its arrow."""
        return "".join(f" {fact}" if fact.startswith("→ ") else f" · {fact}" for fact in self.facts if fact)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it: ``words`` as a paragraph, then a list."""

    title: str
    entries: tuple[Entry, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """``title`` and, below it, ``words``; then sections. One without words and entries is left out. ``language`` is what it is in.

    ``note`` is a paragraph of its own below the words: of which day what follows is.
    """

    title: str
    words: str
    sections: tuple[Section, ...]
    language: str
    note: str = ""

    def told(self) -> Iterator[Section]:
        return (one for one in self.sections if one.entries or one.words)


def as_text(document: Document) -> str:
    parts = ["".join(f"{prose(shown(line))}\n" for line in (document.title, document.words, document.note) if line)]
    for section in document.told():
        words = f"{prose(shown(section.words))}\n" if section.words else ""
        has_lead = any(one.lead for one in section.entries)
        rows = [(*((one.lead,) if has_lead else ()), one.text, " · ".join(filter(None, one.facts))) for one in section.entries]
        parts.append(f"{prose(shown(section.title))}\n{words}{aligned(rows, int(has_lead))}")
    return "\n".join(parts)


def as_markdown(document: Document) -> str:
    """CommonMark that any forge or chat shows; text of records is text, and mentions nobody."""
    parts = [f"# {_marked(document.title)}\n", *(f"{_marked(one)}\n" for one in (document.words, document.note) if one)]
    for section in document.told():
        parts.append(f"## {_marked(section.title)}\n")
        if section.words:
            parts.append(f"{_marked(section.words)}\n")
        if section.entries:
            parts.append("".join(f"- {_markdown_line(one, document.language)}\n" for one in section.entries))
    return "\n".join(parts)


def _markdown_line(one: Entry, language: str) -> str:
    told = f"**{_marked(one.text.strip()) or '–'}**{replace(one, facts=tuple(map(_marked, one.facts))).told_after()}"
    return led(_marked(one.lead), told, language) if one.lead else told


def _marked(text: str) -> str:
    one_line = logged(" ".join(text.split()))
    escaped = _MARKUP.sub(lambda found: "&amp;" if found.group() == "&" else "\\" + found.group(), one_line)
    return unmentioned(_START.sub(lambda found: f"{found[1] or ''}\\", escaped))


# A mail's styles stand at each element, as mail programs drop style sheets.
_STYLES = {
    "body": "font-family:system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',sans-serif;font-size:15px;line-height:1.5;"
    "color:#1f2328;max-width:44em;margin:0 auto;padding:1em",
    "h1": "font-size:1.5em;margin:0 0 .2em",
    "h2": "font-size:1.1em;margin:1.6em 0 .4em;border-bottom:1px solid #d0d7de;padding-bottom:.2em",
    "ul": "margin:0;padding-left:1.2em",
    "quiet": "color:#59636e",
}


def as_html(document: Document) -> str:
    """A page of its own for a mail: no script, no image, nothing that is fetched."""
    lang = "zh-CN" if document.language == "zh" else document.language
    parts = [
        f'<!doctype html>\n<html lang="{lang}">\n<head><meta charset="utf-8"><title>{_escaped(document.title)}</title></head>\n'
        f'<body style="{_STYLES["body"]}">\n<h1 style="{_STYLES["h1"]}">{_escaped(document.title)}</h1>\n'
    ]
    if document.words:
        parts.append(f'<p style="{_STYLES["quiet"]}">{_escaped(document.words)}</p>\n')
    if document.note:
        parts.append(f"<p>{_escaped(document.note)}</p>\n")
    for section in document.told():
        parts.append(f'<h2 style="{_STYLES["h2"]}">{_escaped(section.title)}</h2>\n')
        if section.words:
            parts.append(f"<p>{_escaped(section.words)}</p>\n")
        if section.entries:
            items = "".join(f"<li>{_html_line(one, document.language)}</li>\n" for one in section.entries)
            parts.append(f'<ul style="{_STYLES["ul"]}">\n{items}</ul>\n')
    return "".join((*parts, "</body>\n</html>\n"))


def _html_line(one: Entry, language: str) -> str:
    lead = f'<span style="{_STYLES["quiet"]}">{led(_escaped(one.lead), "</span>", language)}' if one.lead else ""
    after = _escaped(one.told_after())
    told = f' <span style="{_STYLES["quiet"]}">{after}</span>' if after else ""
    return f"{lead}<b>{_escaped(one.text)}</b>{told}"


def _escaped(text: str) -> str:
    return escape(logged(" ".join(text.split())))
