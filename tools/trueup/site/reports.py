"""The reports of the last weeks, months and quarters as pages, with an archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from trueup.locale import msg, msgs
from trueup.locale.days import written
from trueup.locale.joining import led
from trueup.render.document import Entry
from trueup.render.html import EMPTY, Html, html, joined
from trueup.render.period_report import report_document
from trueup.site.kept import Kept, kept
from trueup.site.page import Maker, Page
from trueup.site.past import ReportThen
from trueup.site.practice.entries import note
from trueup.site.site import Here, Site, here
from trueup.site.values import pill
from trueup.views.period_report import SPANS, is_past, period_report

ARCHIVE = "reports/index.md"
TITLE = msg("Reports")

# So many lines a section has before the rest is folded; a few more are not worth it.
_MOST, _FEW = 14, 3


def report_pages(site: Site) -> Iterator[Maker]:
    """The page of each report."""
    for one in kept(site.workspace, site.today):
        is_then = site.past is not None and is_past(one.period, site.today)
        yield Maker(one.path, partial(_report, site, one), late=is_then, ours=is_then)


def archive_page(site: Site) -> Page:
    """Every report that is kept, by its span."""
    _ = site.say
    place = here(site, ARCHIVE)
    names = {"week": _("Weeks"), "month": _("Months"), "quarter": _("Quarters")}
    found = list(kept(site.workspace, site.today))
    lists = ((span, [one for one in found if one.span == span]) for span in SPANS)
    parts = (
        html('<section><h2 id="s-{}">{}</h2><ul class="tu-columns">{}</ul></section>', span, names[span], joined(_items(place, some)))
        for span, some in lists
        if some
    )
    title = TITLE.say(site.language)
    lead = _("Progress, problems, solutions and what comes next. Earlier ones: trueup report week --on DATE.")
    content = html('<div class="tu"><h1>{}</h1><p class="tu-lead">{}</p>{}</div>', title, lead, joined(parts))
    return Page(ARCHIVE, title, content, lead, searchable="")


def _items(place: Here, found: list[Kept]) -> Iterator[Html]:
    for one in found:
        yield html('<li><a href="{}">{}</a> <span class="tu-quiet">{}</span></li>', place.url(one.path), _days(place, one), one.period.name)


def _days(place: Here, one: Kept) -> str:
    """The days of a period: a week is called by them, while its number says nothing to most people."""
    return f"{place.site.day(one.period.start)} – {place.site.day(one.period.end)}"


def _report(site: Site, one: Kept) -> Page:
    place = here(site, one.path)
    then = site.past.reports.get(one.path) if site.past and is_past(one.period, site.today) else None
    told = then.document if then else None
    document = told or report_document(period_report(site.workspace, one.span, one.period, site.today, now=site.derived), site.names)
    sections = (
        html(
            '<section><h2 id="r-{}">{}</h2>{}{}</section>', index, section.title,
            html("<p>{}</p>", section.words) if section.words else EMPTY,
            _list(place, section.entries),
        )
        for index, section in enumerate(document.told())
    )  # fmt: skip
    title = document.title.partition(" · ")[2] or document.title
    crumbs = html('<p class="tu-crumbs"><a href="{}">{}</a></p>', place.url(ARCHIVE), TITLE.say(site.language))
    content = html(
        '<div class="tu">{}<h1>{}</h1><p class="tu-lead">{}</p>{}{}{}</div>',
        crumbs, title, document.words, _of_which(site, then), joined(sections), _neighbours(place, one),
    )  # fmt: skip
    return Page(one.path, title, content, document.words, searchable="")


def _list(place: Here, entries: Sequence[Entry]) -> Html:
    """What a section lists; of a long list most is folded, and on paper it is not."""
    lines = [_entry(place, one) for one in entries]
    cut = _MOST if len(lines) > _MOST + _FEW else len(lines)
    shown, rest = (html('<ul class="tu-report">{}</ul>', joined(some)) if some else EMPTY for some in (lines[:cut], lines[cut:]))
    if not rest:
        return shown
    words = msgs("{count} more", "{count} more", len(lines) - cut).say(place.site.language)
    return html('{}<details class="tu-more tu-printed"><summary>{}</summary>{}</details>', shown, words, rest)


def _of_which(site: Site, then: ReportThen | None) -> Html:
    """Where a report of the past comes from."""
    if then is None:
        return EMPTY
    day, commit = written(then.commit.day, site.language), then.commit.short
    return note(msg("As it was told then: from the commit {commit} of {day}.", commit=commit, day=day).say(site.language))


def _entry(place: Here, one: Entry) -> Html:
    """A line of a report: a few words with the look of what they say, the matter as a link, then what else there is to say."""
    way = place.way_to(one.address) if one.address else None
    text = html('<a href="{}">{}</a>', way, one.text) if way else html("<b>{}</b>", one.text)
    return html('<li>{}{}<span class="tu-quiet">{}</span></li>', _lead(one, place.site.language), text, one.told_after())


def _lead(one: Entry, language: str) -> Html:
    if not one.lead:
        return EMPTY
    return html("{} ", pill(one.lead, one.tone)) if one.tone else html('<span class="tu-quiet">{}</span>', led(one.lead, "", language))


def _neighbours(place: Here, one: Kept) -> Html:
    """The report before and the one after, of the same span."""
    found = [other for other in kept(place.site.workspace, place.site.today) if other.span == one.span]
    index = found.index(one)
    earlier, later = found[index + 1 : index + 2], found[max(0, index - 1) : index]
    links = [html('<a href="{}" rel="prev">← {}</a>', place.url(other.path), _days(place, other)) for other in earlier]
    links += [html('<a href="{}" rel="next">{} →</a>', place.url(other.path), _days(place, other)) for other in later]
    return html('<p class="tu-bar tu-neighbours">{}</p>', joined(links, " ")) if links else EMPTY
