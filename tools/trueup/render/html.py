"""Text that is safe to put into a page, and the one way to make it from text that is not."""

from __future__ import annotations

from collections.abc import Iterable


class Html(str):
    """Markup of our own. Everything that is only ``str`` is escaped before it becomes a part of one."""

    __slots__ = ()


EMPTY = Html("")


def escaped(text: str) -> str:
    """``text`` for use between tags and within quoted attributes."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&quot;")
    if "'" in text:
        text = text.replace("'", "&#39;")
    return text


def html(template: str, *values: object) -> Html:
    """``template`` with each ``{}`` replaced by a value, escaped unless it is ``Html`` already.

    The template is a literal of the code, never a text from a record.
    """
    return Html(template.format(*[value if type(value) is Html else escaped(str(value)) for value in values]))


def joined(parts: Iterable[Html], between: str = "") -> Html:
    """Several pieces of markup as one."""
    return Html(between.join(parts))


def table(titles: Iterable[Html], rows: Iterable[Html], look: str = "", box: Html = EMPTY) -> Html:
    """A table that scrolls inside its own box where it is too wide. ``titles`` are cells of its head, ``look`` a class of its own,
    ``box`` attributes of the box."""
    head = joined(titles)
    return html(
        '<div class="tu-scroll"{}><table class="tu-table {}">{}<tbody>{}</tbody></table></div>',
        box, look, html("<thead><tr>{}</tr></thead>", head) if head else EMPTY, joined(rows),
    )  # fmt: skip


def figures(*names: str) -> Iterable[Html]:
    """The same above figures, which stand at the right of their columns."""
    return (html('<th class="tu-number">{}</th>', name) for name in names)


def titles(*names: str) -> Iterable[Html]:
    """Cells for the head of a table."""
    return (html("<th>{}</th>", name) for name in names)
