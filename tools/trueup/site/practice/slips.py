"""Due dates that were moved: by how much, by whom and why; and how far each team's go when they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trueup.locale import msg, msgs
from trueup.records.record import Record
from trueup.render.difference import days_in_words
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.render.numbers import number
from trueup.site.forge import commit_url
from trueup.site.page import Page
from trueup.site.practice.entries import entries, note
from trueup.site.practice.section import Section
from trueup.site.practice.timeline import of_which
from trueup.site.site import Here, Site, here
from trueup.site.standing import row
from trueup.site.values import cell, pill
from trueup.views.slips import SPANS, Slip, SlipLedger, SlipSpread, SlipSum, moved_together, slip_spreads

PATH = "slips.md"
TITLE = msg("Slips")

# So many stand on the page; the command has all of them.
_MOST = 300


def is_there(site: Site) -> bool:
    return site.past is not None


def slips_page(site: Site) -> Page:
    _ = site.say
    place, title = here(site, PATH), TITLE.say(site.language)
    ledger = site.past.slips if site.past else None
    lead = _("Every due date that was moved, from the commits: by how many working days, by whom, and why.")
    sections = [*_sections(place, ledger)] if ledger and ledger.slips else []
    shown = joined(one.html for one in sections) if sections else note(_none(site, ledger))
    content = html('<div class="tu"><h1>{}</h1><p class="tu-lead">{}</p>{}{}</div>', title, lead, of_which(place), shown)
    return Page(PATH, title, content, lead, headings=tuple(one.heading for one in sections), searchable="")


def _none(site: Site, ledger: SlipLedger | None) -> str:
    """That there is nothing: in all of the history, or in what of it is known."""
    _ = site.say
    is_whole = ledger is not None and not ledger.is_incomplete
    return _("No due date has been moved.") if is_whole else _("In the commits that this clone has, no due date was moved.")


def _sections(place: Here, ledger: SlipLedger) -> Iterator[Section]:
    _ = place.site.say
    if ledger.teams:
        yield Section("s-teams", _("By team"), _teams(place, ledger.teams, slip_spreads(ledger.slips)))
    yield Section("s-records", _("By plan and goal"), _sums(place, ledger.records))
    yield Section("s-slips", _("Each of them"), _all(place, ledger.slips))


def _sums(place: Here, sums: Sequence[SlipSum]) -> Html:
    rows = (html("<tr>{}</tr>", joined(_sum(place, one))) for one in sums)
    _ = place.site.say
    return table(_heads(place, _("Plan or goal")), rows, "tu-list")


def _teams(place: Here, sums: Sequence[SlipSum], spreads: Sequence[SlipSpread]) -> Html:
    """The sums, and in how many moves each team's dates went how far."""
    _ = place.site.say
    rows = (html("<tr>{}</tr>", joined(_sum(place, one))) for one in sums)
    known = {one.address: one for one in spreads}
    counts = [(one.address, _counts(known[one.address], spreads)) for one in sums if one.address in known]
    most = max((count for _team, some in counts for count in some), default=1)
    heads = (*titles(_("Team")), *(html('<th class="tu-number">{}</th>', words) for words in _spans(place, spreads)))
    caption = note(_("How often a date goes so many working days when it is moved:"))
    spread = table(heads, (_spread(place, team, some, most) for team, some in counts), "tu-figures tu-spread")
    return html("{}{}{}", table(_heads(place, _("Team")), rows, "tu-list"), caption, spread)


def _counts(one: SlipSpread, all_of_them: Sequence[SlipSpread]) -> tuple[int, ...]:
    return (one.earlier, *one.later) if _some_earlier(all_of_them) else one.later


def _some_earlier(spreads: Sequence[SlipSpread]) -> bool:
    return any(one.earlier for one in spreads)


def _spans(place: Here, spreads: Sequence[SlipSpread]) -> Iterator[str]:
    """What the columns are called: days earlier, where there are such, then later ones."""
    _ = place.site.say
    if _some_earlier(spreads):
        yield _("earlier")
    first = 1
    for last in SPANS:
        yield f"+{first}–{last}"
        first = last + 1
    yield f"> +{SPANS[-1]}"


def _spread(place: Here, team: str, counts: Sequence[int], most: int) -> Html:
    """A row of counts, each on a ground that is the deeper the more there are."""
    cells = (html('<td class="tu-number tu-deep-{}">{}</td>', -(-4 * count // most), count or "·") for count in counts)
    return html("<tr><td>{}</td>{}</tr>", place.at(team), joined(cells))


def _heads(place: Here, first: str) -> tuple[Html, ...]:
    _ = place.site.say
    names = (_("Times later"), _("Times earlier"), _("Median"), _("Longest"))
    return (*titles(first, _("All together")), *(html('<th class="tu-number">{}</th>', name) for name in names))


def _sum(place: Here, one: SlipSum) -> Iterator[Html]:
    _, language = place.site.say, place.site.language
    yield html('<td class="tu-what">{}</td>', place.at(one.address))
    yield cell(_days(one.days, language), _("All together"), slot="status")
    yield cell(html("{}", one.later) if one.later else EMPTY, _("Times later"), is_number=True)
    yield cell(html("{}", one.earlier) if one.earlier else EMPTY, _("Times earlier"), is_number=True)
    yield cell(html("{}", number(one.median_later)) if one.later else EMPTY, _("Median"), is_number=True)
    yield cell(html("{}", one.longest) if one.longest > 0 else EMPTY, _("Longest"), is_number=True)


def _days(days: int, language: str) -> Html:
    return pill(days_in_words(days, language), "warn" if days > 0 else "good" if days < 0 else "draft")


def _all(place: Here, slips: Sequence[Slip]) -> Html:
    """A row for each record that a commit moved; a plan moves with its tasks, and that is one move."""
    _ = place.site.say
    moves = moved_together(slips)
    rows = [_move(place, one) for one in moves[:_MOST]]
    box = html(' data-tu-list="slips" data-filter="{}" data-all="{}"', _("Filter"), _("All"))
    heads = titles(_("What"), _("Moved"), _("Day"), _("From – to"), _("By"), _("Reason"))
    left = EMPTY
    if len(moves) > len(rows):
        words = msgs("{count} earlier one: trueup slips", "{count} earlier ones: trueup slips", len(moves) - len(rows))
        left = note(words.say(place.site.language))
    return html("{}{}", table(heads, rows, "tu-list", box), left)


def _move(place: Here, move: Sequence[Slip]) -> Html:
    _, language = place.site.say, place.site.language
    one = move[0]
    day = one.origin.time.date()
    return html(
        '<tr><td class="tu-what">{}{}</td>{}{}{}{}{}</tr>',
        _named(place, one), _within(place, move[1:]),
        cell(_days(one.days, language), _("Moved"), slot="status", sort=str(one.days)),
        cell(html('<span class="tu-day">{}</span>', place.site.day(day)), _("Day"), slot="due", sort=day.isoformat()),
        cell(_from_to(place, one), _("From – to"), sort=one.after.isoformat()),
        cell(html("{}", one.origin.author), _("By"), slot="owner"),
        cell(_reason(place, one), _("Reason")),
    )  # fmt: skip


def _within(place: Here, parts: Sequence[Slip]) -> Html:
    """What moved with it, folded."""
    if not parts:
        return EMPTY
    words = msgs("{count} date within it", "{count} dates within it", len(parts)).say(place.site.language)
    items = joined(html("<li>{} <span>{}</span></li>", _part(place, one), _from_to(place, one)) for one in parts)
    return html('<details class="tu-more"><summary>{}</summary><ul>{}</ul></details>', words, items)


def _named(place: Here, one: Slip) -> Html:
    """The record and, of a part, the part; by the titles of then where there is none any more."""
    whole = place.at(one.record) if place.site.workspace.record(one.record) else html("{}", one.record_title)
    return whole if one.address == one.record else html("{} › {}", whole, _part(place, one))


def _part(place: Here, one: Slip) -> Html:
    way = place.way_to(one.address)
    return html('<a href="{}">{}</a>', way, one.title) if way else html("{}", one.title)


def _from_to(place: Here, one: Slip) -> Html:
    return html('<span class="tu-day">{} → {}</span>', place.site.day(one.before), place.site.day(one.after))


def _reason(place: Here, one: Slip) -> Html:
    """What the commit says, as a link to it where the workspace says where it can be read; what the nearest check-in says."""
    _ = place.site.say
    subject = one.origin.subject or one.origin.commit[:10]
    url = commit_url(place.site.workspace.config.repository, one.origin.commit)
    said = html('<a href="{}" rel="noopener noreferrer">{}</a>', url, subject) if url else html("{}", subject)
    way = place.way_to(one.checkin) if one.checkin else None
    told = html('<a href="{}">{}</a>', way, one.problem or _("Check-in")) if way else EMPTY
    return joined(filter(None, (said, told)), " · ")


def of_record(place: Here, record: Record) -> Iterator[Section]:
    """On the page of a plan or a goal: its dates that were moved, the newest first."""
    found = place.site.past.slips_of(record.address) if place.site.past else ()
    if not found:
        return
    _ = place.site.say
    rows = entries(place, (_brief(place, one) for one in moved_together(found)))
    way = html('<p class="tu-note"><a href="{}">{}</a></p>', place.url(PATH), TITLE.say(place.site.language))
    yield Section("s-slips", _("Dates that were moved"), html("{}{}", rows, way), is_repeated=True)


def _brief(place: Here, move: Sequence[Slip]) -> Html:
    """A line on the page of the record itself, which need not be named."""
    one = move[0]
    what = _from_to(place, one) if one.address == one.record else html("{} · {}", _part(place, one), _from_to(place, one))
    day = html('<span class="tu-day">{}</span>', place.site.day(one.origin.time.date()))
    told = html("{}{}", what, _within(place, move[1:]))
    return row(told, _days(one.days, place.site.language), day, html("{}", one.origin.author), _reason(place, one))
