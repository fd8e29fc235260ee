"""What is wrong, as lines on a record's page and as a page of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trueup.diagnostic import SEVERITIES, Diagnostic, Severity
from trueup.locale import msgs
from trueup.site.forge import view_url
from trueup.site.html import EMPTY, Html, html, joined, table, titles
from trueup.site.page import Page
from trueup.site.paths import FINDINGS, rule_of
from trueup.site.site import Here, Site, here
from trueup.views.findings import worst_first


def finding_lines(place: Here, findings: Sequence[Diagnostic]) -> Html:
    """The findings of one record, the worst first; empty where there are none."""
    if not findings:
        return EMPTY
    lines = []
    for one in worst_first(findings):
        words = html("<span>{} {}</span>", one.say(place.site.language), _rule(place, one))
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
    """Everything that is wrong, the worst first."""
    _ = site.say
    place = here(site, FINDINGS)
    summary = (
        html("<p>{}</p>", counted(site))
        if site.findings.all
        else html('<p><span class="tu-pill tu-good">{}</span></p>', _("Nothing is wrong."))
    )
    table = findings_table(place, worst_first(site.findings.all)) if site.findings.all else EMPTY
    content = html('<div class="tu"><h1>{}</h1>{}{}</div>', _("Findings"), summary, table)
    return Page(FINDINGS, _("Findings"), content, counted(site), short=_("Findings"), searchable="")


def counted(site: Site) -> str:
    """How many errors, warnings and notes there are: "3 errors, 1 warning"."""
    counts = {severity: sum(1 for one in site.findings.all if one.severity == severity) for severity in SEVERITIES}
    words = {
        "error": msgs("{count} error", "{count} errors", counts["error"]),
        "warning": msgs("{count} warning", "{count} warnings", counts["warning"]),
        "note": msgs("{count} note", "{count} notes", counts["note"]),
    }
    parts = [words[severity].say(site.language) for severity, count in counts.items() if count]
    return ("，" if site.language == "zh" else ", ").join(parts) or site.say("Nothing is wrong.")


def findings_table(place: Here, findings: Iterable[Diagnostic], *, sortable: bool = True) -> Html:
    _ = place.site.say
    head = titles(_("Severity"), _("Rule"), _("What is wrong"), _("Where"))
    box = html(' data-tu-list data-filter="{}"', _("Filter")) if sortable else EMPTY
    return table(head, (_row(place, one) for one in findings), "tu-found", box)


def _row(place: Here, one: Diagnostic) -> Html:
    severity = html('<td data-sort="{}">{}</td>', SEVERITIES.index(one.severity), severity_pill(place.site, one.severity))
    words = one.say(place.site.language)
    return html('<tr>{}<td>{}</td><td>{}</td><td class="tu-where">{}</td></tr>', severity, _rule(place, one), words, _where(place, one))


def _where(place: Here, one: Diagnostic) -> Html:
    """The file and the line, with a link to the page of what stands there."""
    text = html("{}:{}", one.path, one.line)
    page = _page(place.site, one)
    if page:
        return html('<a href="{}">{}</a>', place.url(page), text)
    url = view_url(place.site.workspace.config.repository, one.path, one.line)
    return html('<a href="{}" rel="noopener noreferrer">{}</a>', url, text) if url else text


def _page(site: Site, one: Diagnostic) -> str | None:
    if one.path in site.paths.broken:
        return site.paths.broken[one.path].page
    return site.paths.by_place.get((one.path, ())) or (site.paths.by_address.get(one.address) if one.address else None)
