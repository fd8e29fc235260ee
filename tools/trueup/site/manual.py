"""The reference of the workspace's own kinds, made from their schemas, and the pages on rules that come with trueup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from trueup.records.kind import STATE_GROUPS, Field, Kind, Ref
from trueup.render.markdown import Heading, render_markdown
from trueup.site.html import EMPTY, Html, html, joined
from trueup.site.nav import kind_groups
from trueup.site.page import Page, described
from trueup.site.paths import KINDS_MANUAL, heading_anchor, list_of, manual_of, relative_path
from trueup.site.paths import rule_of as rule_page_of
from trueup.site.site import Here, Site, here
from trueup.site.values import pill, tone_of


def kinds_page(site: Site) -> Page:
    """All kinds, each in a sentence."""
    _ = site.say
    place = here(site, KINDS_MANUAL)
    groups = joined(
        html("<h2>{}</h2><dl class=\"tu-texts\">{}</dl>", title, joined(_kind_entry(place, kind) for kind in kinds)) for title, kinds in kind_groups(site)
    )
    lead = _("A record is one file: fields, and often a text below them. Its kind says which fields there are.")
    content = html('<div class="tu"><h1>{}</h1><p class="tu-lead">{}</p>{}</div>', _("Kinds of records"), lead, groups)
    return Page(KINDS_MANUAL, _("Kinds of records"), content, lead, short=_("Kinds of records"))


def _kind_entry(place: Here, kind: Kind) -> Html:
    language = place.site.language
    name = html('<dt><a href="{}">{}</a></dt>', place.url(manual_of(kind.name)), kind.label.say(language))
    return html("<div>{}<dd>{} <code>{}</code></dd></div>", name, kind.description.say(language), kind.files.globs[0])


def kind_page(site: Site, kind: Kind) -> Page:
    """What a record of a kind holds, where it lies, and one written out."""
    _ = site.say
    place = here(site, manual_of(kind.name))
    label = kind.label.say(site.language)
    headings = [Heading(2, "m-fields", _("Fields")), Heading(2, "m-example", _("Example"))]
    nested = [*_nested(place, kind)]
    states = _states(place, kind)
    parts = [
        html('<h1>{}</h1><p class="tu-lead">{}</p>{}', label, kind.description.say(site.language), _facts(place, kind)),
        html('<h2 id="m-fields">{}</h2>{}', _("Fields"), _fields_table(place, kind, kind.fields, ())),
        *(shown for _heading, shown in nested),
        html('<h2 id="m-states">{}</h2>{}', _("States"), states) if states else EMPTY,
        html('<h2 id="m-example">{}</h2>{}', _("Example"), _example(site, kind)),
    ]
    headings[1:1] = [heading for heading, _shown in nested]
    if states:
        headings.insert(-1, Heading(2, "m-states", _("States")))
    content = html('<div class="tu">{}</div>', joined(parts))
    return Page(place.path, label, content, kind.description.say(site.language), tuple(headings), wide=False)


def _facts(place: Here, kind: Kind) -> Html:
    _ = place.site.say
    bodies = {"none": _("no text"), "optional": _("a text may follow the fields"), "required": _("a text must follow the fields")}
    ids = {"stem": _("the name of the file"), "parent": _("the name of the folder"), "path": kind.id_rule.template}
    rows = [
        (_("Files"), joined((html("<code>{}</code>", glob) for glob in kind.files.globs if not glob.startswith("!")), " ")),
        (_("Id"), html("{}", ids.get(kind.id_rule.form) or _('the field "{name}"').format(name=kind.id_rule.field))),
        (_("Text"), html("{}", bodies[kind.body])),
        (_("Records"), html('<a href="{}">{}</a>', place.url(list_of(kind.name)), kind.plural.say(place.site.language))),
    ]
    if kind.sections:
        rows.insert(3, (_("Sections"), joined((html("<code>{}</code>", name) for name in kind.sections), " ")))
    return html('<dl class="tu-facts">{}</dl>', joined(html("<div><dt>{}</dt><dd>{}</dd></div>", name, value) for name, value in rows))


def _fields_table(place: Here, kind: Kind, fields: Sequence[Field], way: tuple[str, ...]) -> Html:
    _ = place.site.say
    head = joined(html("<th>{}</th>", title) for title in (_("Field"), _("Value"), _("Meaning")))
    rows = joined(_field_row(place, kind, field, (*way, field.name)) for field in fields)
    return html('<div class="tu-scroll"><table class="tu-table tu-manual"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>', head, rows)


def _field_row(place: Here, kind: Kind, field: Field, way: tuple[str, ...]) -> Html:
    _ = place.site.say
    language = place.site.language
    required = html(' <span class="tu-needed">{}</span>', _("required")) if field.required else EMPTY
    examples = _examples(field, language)
    shown = html('<p class="tu-note"><span>{}</span> <code>{}</code></p>', _("For example"), examples) if examples and not field.choices else EMPTY
    return html(
        "<tr><td><code>{}</code>{}<br><span class=\"tu-quiet\">{}</span></td><td>{}</td><td>{}{}{}</td></tr>",
        field.name, required, field.label.say(language), _type(place, kind, field, way), field.description.say(language), _choices(field, language), shown,
    )  # fmt: skip


def _type(place: Here, kind: Kind, field: Field, way: tuple[str, ...]) -> Html:
    """What kind of value a field takes, in words."""
    _ = place.site.say
    ref = next((ref for ref in kind.references if tuple(step for step in ref.steps if step != "*") == way), None)
    if ref is not None:
        return html("{} {}", _targets(place, ref), _("(several)") if field.many else "")
    if field.fields:
        return html("{}", _("list of entries, see below") if field.many else _("group of fields, see below"))
    names = {
        "string": _("text"), "number": _("number"), "integer": _("whole number"), "boolean": _("yes or no"), "array": _("list"), "object": _("fields of its own"),
    }  # fmt: skip
    formats = {"date": _("date, as 2026-11-20"), "email": _("mail address"), "uri": _("web address")}
    if field.choices:
        word = _("one of a list")
    else:
        word = formats.get(field.format) or " / ".join(names.get(one, one) for one in field.types if not (field.many and one == "array")) or _("text")
    return html("{} {}", word, _("(several)") if field.many else "")


def _targets(place: Here, ref: Ref) -> Html:
    _ = place.site.say
    kinds = [place.site.workspace.kinds[name] for name in ref.kinds if name in place.site.workspace.kinds]
    links = joined((html('<a href="{}">{}</a>', place.url(manual_of(kind.name)), kind.label.say(place.site.language)) for kind in kinds), ", ")
    form = html(" <code>{}</code>", "kind/id" if not ref.parts else "kind/id#part") if ref.addressed or ref.parts else html(" <code>{}</code>", "id")
    return html("{}{}", links or _("a part of a record"), form)


def _choices(field: Field, language: str) -> Html:
    if not field.choices:
        return EMPTY
    shown = (
        html("<code>{}</code>", value) if label.say(language) == value else html("<code>{}</code> {}", value, label.say(language))
        for value, label in field.choices
    )
    return html('<ul class="tu-choices">{}</ul>', joined(html("<li>{}</li>", one) for one in shown))


def _nested(place: Here, kind: Kind) -> Iterator[tuple[Heading, Html]]:
    """A table for each field that holds fields of its own."""
    for number, (way, field) in enumerate(_with_fields(kind.fields, ())):
        anchor = f"m-field-{number}"
        title = field.label.say(place.site.language)
        shown = html(
            '<h3 id="{}">{} <code>{}</code></h3>{}', anchor, title, ".".join(way), _fields_table(place, kind, field.fields, way)
        )  # fmt: skip
        yield Heading(3, anchor, title), shown


def _with_fields(fields: Sequence[Field], way: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Field]]:
    for field in fields:
        if field.fields and len(way) < 3:
            yield (*way, field.name), field
            yield from _with_fields(field.fields, (*way, field.name))


def _states(place: Here, kind: Kind) -> Html:
    """Which states follow on which."""
    _ = place.site.say
    field = kind.field(kind.roles.get("status", ""))
    if field is None or not field.choices:
        return EMPTY
    names = {"draft": _("draft"), "open": _("open"), "done": _("finished"), "dropped": _("given up")}

    def state(value: str) -> Html:
        return pill(field.choice(value, place.site.language), tone_of(kind, value))

    head = joined(html("<th>{}</th>", title) for title in (_("State"), _("Counts as"), _("May become")))
    rows = joined(
        html(
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            state(value), names[kind.group_of(value)] if any(value in kind.states[group] for group in STATE_GROUPS) else "",
            joined(map(state, kind.transitions.get(value, ())), " "),
        )  # fmt: skip
        for value, _label in field.choices
    )
    return html('<div class="tu-scroll"><table class="tu-table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>', head, rows)


def _examples(field: Field, language: str) -> str:
    return " · ".join(_flow(one) for one in _in_language(field.examples, language)[:2])


def _in_language(examples: Sequence[Any], language: str) -> list[Any]:
    """The examples written in the reader's language; where none is, all of them."""
    chinese = [one for one in examples if _HAN.search(json.dumps(one, ensure_ascii=False))]
    others = [one for one in examples if one not in chinese]
    return (chinese or others) if language == "zh" else (others or chinese)


_HAN = re.compile("[\u3400-\u9fff]")


def _example(site: Site, kind: Kind) -> Html:
    folder = kind.files.folders[0] if kind.files.folders else ""
    ending = "yaml" if kind.body == "none" or not any(glob.endswith(".md") for glob in kind.files.globs) else "md"
    name = {"stem": f"{kind.name}-1", "parent": f"{kind.name}-1/record"}.get(kind.id_rule.form, "record")
    path = "/".join(part for part in (folder, f"{name}.{ending}") if part)
    return html('<p class="tu-code-title">{}</p><pre tabindex="0"><code>{}</code></pre>', path, example_record(kind, site.language, markdown=ending == "md"))


def example_record(kind: Kind, language: str, *, markdown: bool = True) -> str:
    """A record written out from the examples in its schema: every field that has one, in the schema's order."""
    lines = [line for field in kind.fields if field.name not in _SELDOM for line in _example_lines(field, language)]
    if not markdown:
        return "\n".join(lines) + "\n"
    sections = [line for name in kind.sections for line in (f"## {name}", "", "…", "")]
    body = sections or ([kind.description.say(language), ""] if kind.body == "required" else [])
    return "\n".join(("---", *lines, "---", *body)).rstrip("\n") + "\n"


# Fields that every kind takes and that an example is better read without.
_SELDOM = ("ignore", "external")


def _example_lines(field: Field, language: str) -> list[str]:
    examples = _in_language(field.examples, language)
    if not examples:
        return []
    value = examples[0]
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        return [f"{field.name}:", *(f"  - {_flow(one)}" for one in value)]
    return [f"{field.name}: {_flow(value)}"]


_PLAIN = re.compile(r"[A-Za-z\u3400-\u9fff](?:[\w /.%()\u3000-\u303f\uff00-\uffef\u2019-]*[\w.%)\u3000-\u303f\uff00-\uffef])?")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _flow(value: Any) -> str:
    """A value as YAML on one line; what other readers of YAML could take for something else is quoted."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(name)}: {_flow(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str) and (_ISO_DAY.fullmatch(value) or (_PLAIN.fullmatch(value) and value.lower() not in _WORDS)):
        return value
    return json.dumps(value, ensure_ascii=False)


class _DocLinks:
    """Where links on a page lead that lies among the pages of the site."""

    def __init__(self, place: Here) -> None:
        self._here = place
        self._taken: set[str] = set()

    def record(self, address: str) -> tuple[str, str] | None:
        return None

    def file(self, path: str) -> str | None:
        way, _, fragment = path.partition("#")
        target = relative_path(self._here.path, way) if way else self._here.path
        if target is None or not target.endswith(".md"):
            return None
        return self._here.url(target, fragment)

    def anchor(self, title: str) -> str:
        return heading_anchor(title, self._taken).removeprefix("h-") or "h"


def rule_page(site: Site, name: str, text: str) -> Page:
    """A page on a rule. It comes with trueup, so its links are to pages that there are."""
    place = here(site, rule_page_of(name))
    rendered = render_markdown(text, _DocLinks(place), top=1)
    title = rendered.headings[0].title if rendered.headings else name
    _ = site.say
    return Page(
        place.path, title, html('<div class="tu">{}</div>', Html(rendered.html)), described(title), rendered.headings[1:],
        short=_("Rules") if name == "index" else "", wide=False,
    )  # fmt: skip
