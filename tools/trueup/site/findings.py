"""What is wrong, as lines on a record's page and as a page of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from trueup.diagnostic import SEVERITIES, Diagnostic, Severity
from trueup.locale import msgs
from trueup.locale.joining import clauses, with_note
from trueup.records.dates import date_of
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.site.forge import view_url
from trueup.site.page import Page
from trueup.site.paths import FINDINGS, FINDINGS_CSV, rule_of
from trueup.site.site import Here, Site, here
from trueup.views.findings import worst_first


def finding_lines(place: Here, findings: Sequence[Diagnostic]) -> Html:
    """The findings of one record, the worst first; empty where there are none."""
    if not findings:
        return EMPTY
    lines = []
    for one in worst_first(findings):
        language = place.site.language
        hint = with_note("", one.hint.say(language), language) if one.hint else ""
        words = html("<span>{}{} {}</span>", in_words(place, one), hint, _rule(place, one))
        lines.append(html("<li>{}{}{}</li>", severity_pill(place.site, one.severity), words, _line(place, one)))
    return html('<ul class="tu-findings">{}</ul>', joined(lines))


def severity_pill(site: Site, severity: Severity) -> Html:
    _ = site.say
    names = {"error": _("Error"), "warning": _("Warning"), "note": _("Note")}
    tones = {"error": "bad", "warning": "warn", "note": "draft"}
    return html('<span class="tu-pill tu-{}">{}</span>', tones[severity], names[severity])


def _rule(place: Here, one: Diagnostic) -> Html:
    """The rule's code, as a link to its page where there is one."""
    page = rule_of(one.rule)
    if page not in place.site.docs.pages and one.rule not in place.site.docs.rules:
        return html("<code>{}</code>", one.code)
    return html('<a class="tu-rule" href="{}" title="{}"><code>{}</code></a>', place.url(page), one.rule, one.code)


def _line(place: Here, one: Diagnostic) -> Html:
    _ = place.site.say
    words = _("line {line}").format(line=one.line)
    url = view_url(place.site.workspace.config.repository, one.path, one.line)
    if not url:
        return html('<span class="tu-quiet">{}</span>', words)
    return html('<a class="tu-quiet" href="{}" rel="noopener noreferrer">{}</a>', url, words)


def findings_page(site: Site) -> Page:
    """Everything that is wrong: file by file, the worst first."""
    _ = site.say
    place = here(site, FINDINGS)
    found = worst_first(site.findings.all)
    if found:
        sheet = html('<a href="{}" download>CSV</a>', place.file(FINDINGS_CSV))
        shown = html('<p class="tu-bar"><span>{}</span>{}</p>{}', counted(site), sheet, _by_file(place, found))
    else:
        checked = msgs("{count} record was checked.", "{count} records were checked.", len(site.workspace.records)).say(site.language)
        shown = html('<p><span class="tu-pill tu-good">{}</span> {}</p>', _("Nothing is wrong."), checked)
    content = html('<div class="tu"><h1>{}</h1>{}</div>', _("Findings"), shown)
    return Page(FINDINGS, _("Findings"), content, counted(site), searchable="")


def _by_file(place: Here, found: Sequence[Diagnostic]) -> Html:
    """A group for each file, the one with the worst finding first; a filter goes through all of them."""
    _ = place.site.say
    severities = len({one.severity for one in found}) > 1
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    for one in found:
        groups.setdefault((one.path, _page(place.site, one) or ""), []).append(one)
    shown = (_file_group(place, path, page, them, severities=severities) for (path, page), them in groups.items())
    return html('<div data-tu-list data-filter="{}" data-all="{}">{}</div>', _("Filter"), _("All"), joined(shown))


def _file_group(place: Here, path: str, page: str, found: Sequence[Diagnostic], *, severities: bool) -> Html:
    title = _title(place.site, found[0]) or path
    name = html('<a href="{}">{}</a>', place.url(page), title) if page else html("{}", title)
    code = html(" <code>{}</code>", path) if title != path else EMPTY
    rows = (_row_in_group(place, one, severities=severities) for one in found)
    return html('<section class="tu-file" data-tu-group><h2>{}{}</h2>{}</section>', name, code, table((), rows, "tu-found tu-grouped"))


def _title(site: Site, one: Diagnostic) -> str:
    """What people call the record that a finding is about; ``""`` where there is none."""
    record = site.workspace.record(one.address) if one.address else None
    return site.names.title(record) if record is not None and record.path == one.path else ""


def _row_in_group(place: Here, one: Diagnostic, *, severities: bool) -> Html:
    pill = severity_pill(place.site, one.severity)
    severity = html('<td class="tu-severity" data-sort="{}">{}</td>', SEVERITIES.index(one.severity), pill) if severities else EMPTY
    return html(
        '<tr data-state="{}">{}<td class="tu-what">{}</td><td class="tu-end">{} {}</td></tr>',
        one.severity, severity, _words(place, one), _rule(place, one), _line(place, one),
    )  # fmt: skip


def _words(place: Here, one: Diagnostic) -> Html:
    """The message, and below it what to do."""
    language = place.site.language
    hint = html('<p class="tu-note">{}</p>', one.hint.say(language)) if one.hint else EMPTY
    return html("{}{}", in_words(place, one), hint)


# In the quotes of either language an address or an id, and a day that stands by itself: one within quotes is what somebody wrote.
_NAMED = re.compile(r"""["“](?P<name>[^"“”\s]+)["”]|(?<![\w"“/-])(?P<day>\d{4}-\d{2}-\d{2})(?![\w"”-])""")
# Behind these words an id is meant as one.
_ID = re.compile(r"(?:\bids?|编号为?)\s*$")


def in_words(place: Here, one: Diagnostic) -> Html:
    """A message for those who read pages: what it names goes by its title, as a link, states and days are as people write them."""
    message = one.message.say(place.site.language)
    found, done = [], 0
    for part in _NAMED.finditer(message):
        before = message[done : part.start()]
        if (words := _named(place, one, part)) and not _ID.search(before):
            # Written out, a day closes up to the Chinese words around it.
            closes_up = part["day"] and place.site.language == "zh"
            found += [html("{}", before.removesuffix(" ") if closes_up else before), words]
            done = part.end() + (1 if closes_up and message[part.end() :].startswith(" ") else 0)
    return joined((*found, html("{}", message[done:])))


def _named(place: Here, one: Diagnostic, part: re.Match[str]) -> Html:
    """What a part of a message means; empty for what is to stand there as it is."""
    if day := date_of(part["day"]):
        return html("{}", place.site.day(day))
    if address := _address(place.site, one, part["name"] or ""):
        return place.at(address)
    state = _state(place.site, one, part["name"] or "")
    return html("{}{}{}", part[0][0], state, part[0][-1]) if state else EMPTY


def _state(site: Site, one: Diagnostic, name: str) -> str:
    """The label of a state, of the record that a finding is about or of check-ins; ``""`` where none is meant: a finding about how
    something is written (TU1) quotes it."""
    about = site.workspace.record(one.address) if one.address else None
    if about is None or one.code.startswith("TU1"):
        return ""
    said = site.workspace.kinds.get("checkin")
    fields = [field for kind in (about.kind, said) if kind for outer in kind.fields for field in (outer, *outer.fields)]
    states = (field for field in fields if field.name in ("status", "health"))
    return next((field.choice(name, site.language) for field in states if any(name == value for value, _label in field.choices)), "")


def _address(site: Site, one: Diagnostic, name: str) -> str | None:
    """What a finding names: a record by its address, the one that it is about or a part of it, or a person by the id."""
    about = site.workspace.record(one.address) if one.address else None
    if about is not None and name == about.id:
        return about.address
    if about is not None and about.part(name) is not None:
        return f"{about.address}#{name}"
    address = name if "/" in name else f"person/{name}"
    return address if name and site.workspace.record(address) else None


def counted(site: Site) -> str:
    """How many errors, warnings and notes there are: "3 errors, 1 warning"."""
    counts = {severity: sum(1 for one in site.findings.all if one.severity == severity) for severity in SEVERITIES}
    words = {
        "error": msgs("{count} error", "{count} errors", counts["error"]),
        "warning": msgs("{count} warning", "{count} warnings", counts["warning"]),
        "note": msgs("{count} note", "{count} notes", counts["note"]),
    }
    parts = [words[severity].say(site.language) for severity, count in counts.items() if count]
    return clauses(parts, site.language) or site.say("Nothing is wrong.")


def findings_table(place: Here, findings: Iterable[Diagnostic]) -> Html:
    """Some findings, each with the place that it is in."""
    _ = place.site.say
    head = titles(_("Severity"), _("Rule"), _("What is wrong"), _("Where"))
    return table(head, (_row(place, one) for one in findings), "tu-found")


def _row(place: Here, one: Diagnostic) -> Html:
    severity = html('<td data-sort="{}">{}</td>', SEVERITIES.index(one.severity), severity_pill(place.site, one.severity))
    words = _words(place, one)
    return html('<tr>{}<td>{}</td><td>{}</td><td class="tu-where">{}</td></tr>', severity, _rule(place, one), words, _where(place, one))


def _where(place: Here, one: Diagnostic) -> Html:
    """The record by its title as a link, the file and the line for who points at it; what is no record, by these alone."""
    text = html("{}:{}", one.path, one.line)
    page = _page(place.site, one)
    if page:
        return html('<a href="{}" title="{}">{}</a>', place.url(page), text, _title(place.site, one) or text)
    url = view_url(place.site.workspace.config.repository, one.path, one.line)
    return html('<a href="{}" rel="noopener noreferrer">{}</a>', url, text) if url else text


def _page(site: Site, one: Diagnostic) -> str | None:
    if one.path in site.paths.broken:
        return site.paths.broken[one.path].page
    return site.paths.by_place.get((one.path, ())) or (site.paths.by_address.get(one.address) if one.address else None)
