"""The page on what a proposal means: what is worst first, each thing as a link to its page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trueup.locale import msg
from trueup.locale.joining import led
from trueup.proposal import Proposal
from trueup.render.document import Document, Entry
from trueup.render.html import EMPTY, Html, html, joined
from trueup.render.review import review_document
from trueup.site.page import Page
from trueup.site.paths import REVIEW
from trueup.site.practice.section import Section
from trueup.site.site import Here, Site, here
from trueup.site.values import day_in

TITLE = msg("Proposal")

# So many entries a section shows; whoever wants more reads the difference of the files.
_MOST = 200

# A day that stands for itself, and not within a path, an id or another number.
_DAY = re.compile(r"(?<![\w./#-])\d{4}-\d{2}-\d{2}(?![\w/#-]|\.\w)")


def review_page(site: Site, proposal: Proposal) -> Page:
    place = here(site, REVIEW)
    document = review_document(proposal.review, site.names, proposal.old, _MOST)
    sections = [*_sections(place, document)]
    compared = msg("Compared with commit {commit}, the last one that both sides share.", commit=proposal.review.before[:10])
    content = html(
        '<div class="tu tu-review"><h1>{}</h1><p class="tu-lead">{}</p><p class="tu-note">{}</p>{}</div>',
        document.title, document.words, compared.say(site.language), joined(one.html for one in sections),
    )  # fmt: skip
    return Page(REVIEW, document.title, content, document.words, headings=tuple(one.heading for one in sections), searchable="")


def told_in_short(site: Site, proposal: Proposal) -> str:
    """The change in one line."""
    return review_document(proposal.review, site.names, proposal.old, 1).words


def _sections(place: Here, document: Document) -> Iterator[Section]:
    # Numbers, as the titles are words of the reader's language.
    for number, one in enumerate(document.told(), 1):
        items = joined(_item(place, entry, document.language) for entry in one.entries)
        yield Section(f"s-{number}", one.title, html('<ul class="tu-report">{}</ul>', items))


def _item(place: Here, entry: Entry, language: str) -> Html:
    way = place.way_to(entry.address) if entry.address else None
    name = entry.text or "–"
    matter = html('<a href="{}">{}</a>', way, name) if way else html("<b>{}</b>", name)
    lead = html('<span class="tu-quiet">{}</span>', led(_with_days(place, entry.lead), "", language)) if entry.lead else EMPTY
    facts = " · ".join(_with_days(place, fact) for fact in entry.facts if fact)
    return html("<li>{}{}{}</li>", lead, matter, html('<p class="tu-note">{}</p>', facts) if facts else EMPTY)


def _with_days(place: Here, text: str) -> str:
    """Days as the site writes them."""
    return _DAY.sub(lambda found: day_in(place.site, found.group()), text)
