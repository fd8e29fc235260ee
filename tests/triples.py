"""Random records and random changes of them, for tests of merging: what each leaf should be is known from how they were made."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from random import Random
from typing import Any

WORDS = ["alpha", "Beta 2", "晚间配送", "a: b", "#1 shop", "it's", '"so"', "no", "12:30", "017", "1.10", "- x", "", " padded ", "两行 文字"]
COMMENTS = ["note", "见会议纪要", "due: soon", "- not an item", "x # y"]
FIELDS = ["title", "team", "status", "owner", "start", "due", "reach", "x_note", "x-更多", "summary"]
ITEM_FIELDS = ["title", "owner", "due", "status", "x_text"]
IDS = ["one", "two", "three", "four", "five-5"]


@dataclass
class Leaf:
    """A value, how it is written, and the comment behind it."""

    value: Any
    style: str = "plain"
    comment: str = ""


@dataclass
class Part:
    """A field or an item: a leaf, or fields or items of its own, with the comment above it. ``flow`` is how its brackets are set."""

    name: str
    leaf: Leaf | None = None
    parts: list[Part] = field(default_factory=list)
    form: str = ""
    above: list[str] = field(default_factory=list)
    flow: str = ""


def written(leaf: Leaf, indent: int) -> str:
    """A leaf behind its key or dash, with the end of its line."""
    comment = f"  # {leaf.comment}" if leaf.comment else ""
    value = leaf.value
    if isinstance(value, list):
        items = [written(Leaf(one, leaf.style), 0).strip() for one in value]
        if leaf.style == "spread" and items:
            pad = " " * (indent + 4)
            return " [\n" + ",\n".join(pad + one for one in items) + "\n" + " " * (indent + 2) + f"]{comment}\n"
        return f" [{', '.join(items)}]{comment}\n"
    if value is None:
        return f"{comment}\n"
    if not isinstance(value, str):
        return f" {str(value).lower() if isinstance(value, bool) else value}{comment}\n"
    if leaf.style == "block" and "\n" in value:
        pad = " " * (indent + 2)
        return f" |{comment}\n" + "".join(pad + line + "\n" if line else "\n" for line in value.removesuffix("\n").split("\n"))
    if leaf.style == "single" and "\n" not in value:
        return " '" + value.replace("'", "''") + f"'{comment}\n"
    if leaf.style == "plain" and value.replace("-", "").isalnum() and value not in ("true", "false", "null") and not value[0].isdigit():
        return f" {value}{comment}\n"
    quoted = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f' "{quoted}"{comment}\n'


def flowed(part: Part, indent: int) -> str:
    """A field or an item in brackets, without its key."""
    if part.leaf is not None:
        if part.leaf.value is None:
            return "null"
        style = part.leaf.style if part.leaf.style in ("plain", "single") and "\n" not in str(part.leaf.value) else "double"
        return written(Leaf(part.leaf.value, style), indent).strip()
    inner = [(f"{one.name}: " if part.form == "mapping" else "") + flowed(one, indent + 2) for one in part.parts]
    first, last = "{}" if part.form == "mapping" else "[]"
    if part.flow == "spread":
        pad = "\n" + " " * (indent + 4)
        return first + pad + ("," + pad).join(inner) + ",\n" + " " * (indent + 2) + last
    space = " " if part.flow == "wide" else ""
    return first + space + ", ".join(inner) + space + last


def text_of(parts: list[Part], form: str, indent: int, *, inline: bool = False) -> str:
    found = []
    for number, part in enumerate(parts):
        pad = " " * indent
        is_first = inline and number == 0
        above = "" if is_first else "".join(pad + f"# {line}\n" if line else "\n" for line in part.above)
        sign = f"{part.name}:" if form == "mapping" else "-"
        start = above + ("" if is_first else pad) + sign
        if part.leaf is not None:
            found.append(start + written(part.leaf, indent))
        elif part.flow:
            found.append(f"{start} {flowed(part, indent)}\n")
        elif form == "list" and part.form == "mapping":
            found.append(start + " " + text_of(part.parts, "mapping", indent + 2, inline=True))
        else:
            found.append(start + "\n" + text_of(part.parts, part.form, indent + 2))
    return "".join(found)


def leaves(parts: list[Part], way: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Every leaf by the way to it; sets are leaves too."""
    found: dict[tuple[str, ...], Any] = {}
    for part in parts:
        if part.leaf is not None:
            found[*way, part.name] = part.leaf.value
        else:
            found.update(leaves(part.parts, (*way, part.name)))
    return found


def comments(parts: list[Part]) -> list[str]:
    """All comments, in their order."""
    found = []
    for part in parts:
        found += [line for line in part.above if line]
        found += [part.leaf.comment] if part.leaf and part.leaf.comment else []
        found += comments(part.parts)
    return found


def without_comments(parts: list[Part], *, is_inside: bool = False) -> list[Part]:
    """The same without the comments that are in brackets."""
    for part in parts:
        if is_inside:
            part.above = []
            part.leaf = part.leaf and Leaf(part.leaf.value, part.leaf.style)
        without_comments(part.parts, is_inside=is_inside or bool(part.flow))
    return parts


def heads(parts: list[Part]) -> set[str]:
    """The comments that stand on lines of their own."""
    return {line for part in parts for line in part.above if line}.union(*(heads(part.parts) for part in parts))


class Maker:
    """Makes records and changes of them from one random source. No two comments are alike, so that each can be looked for."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._count = 0

    def comment(self, chance: float = 0.2) -> str:
        if self.random.random() > chance:
            return ""
        self._count += 1
        return f"{self.random.choice(COMMENTS)} c{self._count}"

    def above(self) -> list[str]:
        lines = [self.comment(0.7) for _ in range(self.random.choice([0, 0, 0, 0, 1, 2]))]
        return [*([""] if self.random.random() < 0.1 else []), *[line for line in lines if line]]

    def value(self) -> Any:
        kinds = [
            self.random.choice(WORDS),
            f"w{self.random.randrange(40)}",
            self.random.randrange(9),
            self.random.random() < 0.5,
            None,
            1.5,
        ]
        if self.random.random() < 0.15:
            return "\n".join(self.random.choice(["line one", "", "# no comment", "第二行", "end"]) for _ in range(3)).strip("\n") + "w x\n"
        return self.random.choice(kinds[:2] if self.random.random() < 0.7 else kinds)

    def leaf(self, value: Any = ...) -> Leaf:
        found = Leaf(self.value() if value is ... else value, self.random.choice(["plain", "plain", "single", "double", "block", "spread"]))
        found.comment = self.comment()
        if found.style == "block" and found.comment and isinstance(found.value, str):
            found.comment = ""
        return found

    def fields(self, names: list[str], most: int) -> list[Part]:
        picked = self.random.sample(names, self.random.randint(1, most))
        return [Part(name, self.leaf(), above=self.above()) for name in picked]

    def item(self, name: str) -> Part:
        head = Part("id", Leaf(name))
        return Part(name, parts=[head, *self.fields(ITEM_FIELDS, 4)], form="mapping", above=self.above(), flow=self.flow())

    def flow(self) -> str:
        return self.random.choice(["", "", "", "", "line", "line", "wide", "spread"])

    def items(self) -> Part:
        names = self.random.sample(IDS, self.random.randint(1, 4))
        field = self.random.choice(["tasks", "milestones"])
        found = Part(field, parts=[self.item(name) for name in names], form="list", above=self.above())
        found.flow = self.flow() if self.random.random() < 0.5 else ""
        return found

    def names(self) -> list[str]:
        return self.random.sample(["g1", "g2", "g3", "g4", "g5"], self.random.randint(1, 4))

    def record(self) -> list[Part]:
        parts = self.fields(FIELDS, 6)
        if self.random.random() < 0.7:
            parts.append(self.items())
        if self.random.random() < 0.5:
            parts.append(Part("goals", self.leaf(self.names()), above=self.above()))
        if self.random.random() < 0.4:
            parts.append(Part("x_deep", parts=self.fields(ITEM_FIELDS, 3), form="mapping", above=self.above(), flow=self.flow()))
        if self.random.random() < 0.4:
            parts.append(Part("tags", parts=[Part(name, self.leaf(name)) for name in self.names()], form="list", flow=self.flow()))
        self.random.shuffle(parts)
        return without_comments(parts)

    def changed(self, record: list[Part], edits: int) -> list[Part]:
        """Another version: leaves changed, added and deleted, items too, and comments."""
        found = copy.deepcopy(record)
        for _ in range(edits):
            self._edit(found, "mapping", FIELDS)
        return without_comments(found)

    def _edit(self, parts: list[Part], form: str, names: list[str]) -> None:
        inner = [part for part in parts if part.leaf is None]
        if inner and self.random.random() < 0.5:
            part = self.random.choice(inner)
            if self.random.random() < 0.05:
                part.flow = self.flow()
            if part.name == "tags":
                self._edit_set(part.parts)
            elif part.form == "list":
                self._edit_items(part.parts)
            else:
                self._edit(part.parts, "mapping", ITEM_FIELDS)
            return
        own = [part for part in parts if part.leaf and part.name != "id"]
        act = self.random.choice(["change", "change", "change", "add", "delete", "comment", "above", "carry"])
        fresh = sorted(set(names) - {part.name for part in parts})
        if act == "add" and fresh:
            first = 1 if parts and parts[0].name == "id" else 0
            parts.insert(self.random.randint(first, len(parts)), Part(self.random.choice(fresh), self.leaf(), above=self.above()))
        elif own:
            self._touch(parts, self.random.choice(own), act)

    def _touch(self, parts: list[Part], part: Part, act: str) -> None:
        assert part.leaf
        if act == "delete" and len(parts) > 1:
            parts.remove(part)
        elif act == "comment":
            part.leaf.comment = self.comment(0.8) if part.leaf.style != "block" else ""
        elif act == "above":
            part.above = self.above()
        elif act == "carry":
            other = self.random.choice([one for one in parts if one.name != "id"])
            part.above, other.above = other.above, part.above
        elif isinstance(part.leaf.value, list):
            part.leaf.value = self._other_names(part.leaf.value)
        else:
            part.leaf = Leaf(self.value(), part.leaf.style, "" if part.leaf.style == "block" else part.leaf.comment)

    def _other_names(self, names: list[str]) -> list[str]:
        left = [name for name in names if self.random.random() < 0.8]
        return [*left, *[name for name in self.names() if name not in names][:1]]

    def _edit_set(self, parts: list[Part]) -> None:
        fresh = sorted({"g1", "g2", "g3", "g4", "g5", "g6"} - {part.name for part in parts})
        if self.random.random() < 0.5 and len(parts) > 1:
            parts.pop(self.random.randrange(len(parts)))
        elif fresh:
            name = self.random.choice(fresh)
            parts.insert(self.random.randint(0, len(parts)), Part(name, self.leaf(name)))

    def _edit_items(self, parts: list[Part]) -> None:
        act = self.random.choice(["edit", "edit", "edit", "add", "delete", "move"])
        fresh = sorted({*IDS, "six"} - {part.name for part in parts})
        if act == "add" and fresh:
            parts.insert(self.random.randint(0, len(parts)), self.item(self.random.choice(fresh)))
        elif act == "delete" and len(parts) > 1:
            parts.pop(self.random.randrange(len(parts)))
        elif act == "move":
            parts.append(parts.pop(self.random.randrange(len(parts))))
        else:
            self._edit(self.random.choice(parts).parts, "mapping", ITEM_FIELDS)
