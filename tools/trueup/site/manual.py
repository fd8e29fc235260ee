"""The reference of the workspace's own kinds, made from their schemas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trueup.records.kind import EACH, STATE_GROUPS, Field, Kind, Ref
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.render.markdown import Heading
from trueup.site.example import example_record, examples
from trueup.site.nav import kind_groups
from trueup.site.page import Page
from trueup.site.paths import KINDS_MANUAL, list_of, manual_of
from trueup.site.site import Here, Site, here
from trueup.site.values import pill
from trueup.views.values import tone_of


def kinds_page(site: Site) -> Page:
    """All kinds, each in a sentence."""
    _ = site.say
    place = here(site, KINDS_MANUAL)
    groups = joined(
        html('<h2>{}</h2><dl class="tu-texts tu-names">{}</dl>', title, joined(_kind_entry(place, kind) for kind in kinds))
        for title, kinds in kind_groups(site)
    )
    lead = _("A record is one file: fields, and often a text below them. Its kind says which fields there are.")
    content = html('<div class="tu"><h1>{}</h1><p class="tu-lead">{}</p>{}</div>', _("Kinds of records"), lead, groups)
    return Page(KINDS_MANUAL, _("Kinds of records"), content, lead)


def _kind_entry(place: Here, kind: Kind) -> Html:
    language = place.site.language
    name = html('<dt><a href="{}">{}</a></dt>', place.url(manual_of(kind.name)), kind.label.say(language))
    return html("<div>{}<dd>{} <code>{}</code></dd></div>", name, kind.description.say(language), kind.files.globs[0])


def kind_page(site: Site, kind: Kind) -> Page:
    """What a record of a kind holds, where it lies, and one written out."""
    _ = site.say
    place = here(site, manual_of(kind.name))
    label, lead = kind.label.say(site.language), kind.description.say(site.language)
    sections = [
        (Heading(2, "m-fields", _("Fields")), _fields_table(place, kind, kind.fields, ())),
        *_nested(place, kind),
        *_states(place, kind),
        (Heading(2, "m-example", _("Example")), _example(site, kind)),
    ]
    shown = joined(
        html("<h{} id={}>{}</h{}>{}", heading.level, _quoted(heading.id), heading.title, heading.level, part) for heading, part in sections
    )
    content = html('<div class="tu"><h1>{}</h1><p class="tu-lead">{}</p>{}{}</div>', label, lead, _facts(place, kind), shown)
    return Page(place.path, label, content, lead, tuple(heading for heading, _part in sections), wide=False)


def _quoted(value: str) -> Html:
    return html('"{}"', value)


def _facts(place: Here, kind: Kind) -> Html:
    _ = place.site.say
    bodies = {"none": _("no text"), "optional": _("a text may follow the fields"), "required": _("a text must follow the fields")}
    ids = {"stem": _("the name of the file"), "parent": _("the name of the folder"), "path": kind.id_rule.template}
    rows = [
        (_("Files"), _codes(glob for glob in kind.files.globs if not glob.startswith("!"))),
        (_("Id"), html("{}", ids.get(kind.id_rule.form) or _('the field "{name}"').format(name=kind.id_rule.field))),
        (_("Text"), html("{}", bodies[kind.body])),
        (_("Records"), html('<a href="{}">{}</a>', place.url(list_of(kind.name)), kind.plural.say(place.site.language))),
    ]
    if kind.sections:
        rows.insert(3, (_("Sections"), _codes(kind.sections)))
    return html('<dl class="tu-facts">{}</dl>', joined(html("<div><dt>{}</dt><dd>{}</dd></div>", name, value) for name, value in rows))


def _codes(texts: Iterator[str] | Sequence[str]) -> Html:
    return joined((html("<code>{}</code>", text) for text in texts), " ")


def _fields_table(place: Here, kind: Kind, fields: Sequence[Field], way: tuple[str, ...]) -> Html:
    _ = place.site.say
    rows = (_field_row(place, kind, field, (*way, field.name)) for field in fields)
    return table(titles(_("Field"), _("Value"), _("Meaning")), rows, "tu-manual tu-fields")


def _field_row(place: Here, kind: Kind, field: Field, way: tuple[str, ...]) -> Html:
    _ = place.site.say
    language = place.site.language
    required = html(' <span class="tu-needed">{}</span>', _("required")) if field.required else EMPTY
    name = html('<code>{}</code>{}<br><span class="tu-quiet">{}</span>', field.name, required, field.label.say(language))
    sample = "" if field.choices or field.fields else examples(field, language)
    note = html('<p class="tu-note"><span>{}</span> <code>{}</code></p>', _("For example"), sample) if sample else EMPTY
    meaning = joined((html("{}", field.description.say(language)), _choices(field, language), note))
    return html("<tr><td>{}</td><td>{}</td><td>{}</td></tr>", name, _type(place, kind, field, way), meaning)


def _type(place: Here, kind: Kind, field: Field, way: tuple[str, ...]) -> Html:
    """What kind of value a field takes, in words."""
    _ = place.site.say
    ref = next((ref for ref in kind.references if tuple(step for step in ref.steps if step != EACH) == way), None)
    several = _("(several)") if field.many else ""
    if ref is not None:
        return html("{} {}", _targets(place, ref), several)
    if field.fields:
        return html("{}", _("list of entries, see below") if field.many else _("group of fields, see below"))
    if field.choices:
        return html("{} {}", _("one of a list"), several)
    return html("{} {}", _formats(place).get(field.format) or _types(place, field), several)


def _formats(place: Here) -> dict[str, str]:
    _ = place.site.say
    return {"date": _("date, as 2026-11-20"), "email": _("mail address"), "uri": _("web address")}


def _types(place: Here, field: Field) -> str:
    _ = place.site.say
    names = {
        "string": _("text"),
        "number": _("number"),
        "integer": _("whole number"),
        "boolean": _("yes or no"),
        "array": _("list"),
        "object": _("fields of its own"),
    }
    return " / ".join(names.get(one, one) for one in field.types if not (field.many and one == "array")) or _("text")


def _targets(place: Here, ref: Ref) -> Html:
    """The kinds that a reference may lead to, and how it is written."""
    _ = place.site.say
    kinds = [place.site.workspace.kinds[name] for name in ref.kinds if name in place.site.workspace.kinds]
    language = place.site.language
    links = joined((html('<a href="{}">{}</a>', place.url(manual_of(kind.name)), kind.label.say(language)) for kind in kinds), ", ")
    form = "kind/id#part" if ref.parts else "kind/id" if ref.addressed else "id"
    return html("{} <code>{}</code>", links or _("a part of a record"), form)


def _choices(field: Field, language: str) -> Html:
    """The values that a field may have; what they are called, where that says more."""
    if not field.choices:
        return EMPTY
    entries = []
    for value, label in field.choices:
        words = label.say(language)
        entries.append(html("<li><code>{}</code> {}</li>", value, words if words.casefold() != value.casefold() else ""))
    return html('<ul class="tu-choices">{}</ul>', joined(entries))


def _nested(place: Here, kind: Kind) -> Iterator[tuple[Heading, Html]]:
    """A table for each field that holds fields of its own."""
    for number, (way, field) in enumerate(_with_fields(kind.fields, ())):
        heading = Heading(3, f"m-field-{number}", field.label.say(place.site.language))
        yield heading, html("<p><code>{}</code></p>{}", ".".join(way), _fields_table(place, kind, field.fields, way))


def _with_fields(fields: Sequence[Field], way: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Field]]:
    for field in fields:
        if field.fields and len(way) < 3:
            yield (*way, field.name), field
            yield from _with_fields(field.fields, (*way, field.name))


def _states(place: Here, kind: Kind) -> Iterator[tuple[Heading, Html]]:
    """Which states there are, and which follow on which."""
    _ = place.site.say
    field = kind.field(kind.roles.get("status", ""))
    if field is None or not field.choices:
        return
    names = {"draft": _("draft"), "open": _("open"), "done": _("finished"), "dropped": _("given up")}
    known = {value: names[group] for group in STATE_GROUPS for value in kind.states[group]}

    def state(value: str) -> Html:
        return pill(field.choice(value, place.site.language), tone_of(kind, value))

    rows = (
        html(
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            state(value),
            known.get(value, ""),
            joined(map(state, kind.transitions.get(value, ())), " &nbsp; "),
        )
        for value, _label in field.choices
    )
    yield Heading(2, "m-states", _("States")), table(titles(_("State"), _("Counts as"), _("May become")), rows)


def _example(site: Site, kind: Kind) -> Html:
    folder = kind.files.folders[0] if kind.files.folders else ""
    markdown = kind.body != "none" and any(glob.endswith(".md") for glob in kind.files.globs)
    name = {"stem": f"{kind.name}-1", "parent": f"{kind.name}-1/record"}.get(kind.id_rule.form, "record")
    path = "/".join(part for part in (folder, f"{name}.{'md' if markdown else 'yaml'}") if part)
    text = example_record(kind, site.language, markdown=markdown)
    return html('<p class="tu-code-title">{}</p><pre tabindex="0"><code>{}</code></pre>', path, text)
