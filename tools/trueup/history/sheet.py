"""One of the example's records as lines of text, whose fields and items are changed or taken away without touching the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_FENCE = "---\n"


class Sheet:
    """The fields and the body of a record. An item of a list is one line, ``  - {id: launch, due: 2026-09-08}``."""

    def __init__(self, text: str) -> None:
        self._is_fenced = text.startswith(_FENCE)
        head, _fence, body = text[len(_FENCE) :].partition("\n" + _FENCE) if self._is_fenced else (text.removesuffix("\n"), "", "")
        self._lines = head.split("\n")
        self.body = body

    def text(self) -> str:
        head = "\n".join(self._lines) + "\n"
        return f"{_FENCE}{head}{_FENCE}{self.body}" if self._is_fenced else head

    def field(self, key: str) -> str | None:
        """The text of a field, where it is on one line."""
        return next((line[len(key) + 2 :] for line in self._lines if line.startswith(key + ": ")), None)

    def set_field(self, key: str, value: str | None) -> None:
        """Gives a field another value; with None it goes, and the lines that belong to it."""
        start = next((index for index, line in enumerate(self._lines) if line.startswith(key + ":")), None)
        if start is None:
            return
        end = start + 1
        while end < len(self._lines) and self._lines[end].startswith(" "):
            end += 1
        self._lines[start:end] = [] if value is None else [f"{key}: {value}"]

    def items(self) -> Iterator[tuple[str, str]]:
        """The lines of items that have an id, under their lists: ``("tasks", line)``."""
        section = ""
        for line in self._lines:
            if not line.startswith(" "):
                section = line.partition(":")[0]
            elif line.startswith("  - {"):
                yield section, line

    def item(self, name: str) -> str | None:
        return next((line for _section, line in self.items() if item_value(line, "id") == name), None)

    def change_lines(self, changed: Callable[[str, str], str | None]) -> None:
        """Puts what ``changed`` makes of each line and its section in the line's place; a list with nothing left goes too."""
        kept: list[str] = []
        section = ""
        for line in self._lines:
            if not line.startswith(" "):
                section = line.partition(":")[0]
            if (new := changed(section, line)) is not None:
                kept.append(new)
        self._lines = [
            line
            for line, after in zip(kept, [*kept[1:], ""], strict=True)
            if not (line.endswith(":") and line[0] != " " and not after.startswith(" "))
        ]


def item_value(line: str, key: str) -> str | None:
    """The text of one field of an item."""
    found = _pattern(key).search(line)
    return found["value"] if found else None


def with_item_value(line: str, key: str, value: str | None) -> str:
    """An item with another value of a field that it has; with None without that field."""
    return _pattern(key).sub(lambda found: "" if value is None else f"{found['before']}{key}: {value}", line, count=1)


def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(rf'(?P<before>[{{]|, ){key}: (?P<value>\[[^\]]*\]|"[^"]*"|[^,}}]*)')
