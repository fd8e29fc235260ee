"""What every page is made from, and links from one page to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import quote, unquote, urlencode

from trueup.diagnostic import Diagnostic
from trueup.locale import translator
from trueup.locale.days import brief
from trueup.proposal import Proposal
from trueup.records.record import Record
from trueup.records.workspace import Workspace
from trueup.render.html import Html, html
from trueup.site.forge import view_url
from trueup.site.past import SitePast
from trueup.site.paths import Paths, UrlStyle, anchor_of, base_of, heading_anchor, list_of, paths_of, relative_path, url_of
from trueup.views.commands import CommandHelp
from trueup.views.derived import Derived
from trueup.views.findings import Findings, findings_in
from trueup.views.names import Names, part_title
from trueup.views.values import Link


@dataclass(frozen=True, slots=True)
class Docs:
    """What people wrote beside the records. ``pages`` are the paths below ``docs/``; ``handbook`` and ``manual`` those of
    two folders with their titles, in order; ``rules`` the pages on rules that come with trueup, as Markdown, by the rule's name;
    ``named`` where the first page of the manual leads, in order, to pages that are made as well; ``commands`` what trueup does."""

    pages: frozenset[str] = frozenset()
    handbook: tuple[tuple[str, str], ...] = ()
    manual: tuple[tuple[str, str], ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    commands: tuple[CommandHelp, ...] = ()


@dataclass(frozen=True, eq=False)
class Site:
    """A workspace, its findings, and how its pages are called."""

    workspace: Workspace
    today: date
    docs: Docs
    urls: UrlStyle
    paths: Paths
    findings: Findings
    names: Names
    # Where the site will be read, with a slash at its end; "" where nobody says.
    address: str = ""
    # None where git knows of none, and where nobody proposes anything.
    past: SitePast | None = None
    proposal: Proposal | None = None
    _urls: dict[str, str | None] = field(default_factory=dict)

    @cached_property
    def derived(self) -> Derived:
        """What follows from the workspace, worked out once for all pages."""
        return Derived(self.workspace, self.today)

    @property
    def language(self) -> str:
        return self.workspace.config.language

    @property
    def say(self) -> Callable[[str], str]:
        return translator(self.language)

    def day(self, day: date | None, today: date | None = None) -> str:
        """A day as columns and lists have it, said ``today`` or, as on most pages, on the day of the site."""
        return brief(day, today or self.today, self.language)

    def url(self, path: str) -> str:
        return url_of(path, self.urls)

    def url_for(self, address: str) -> str | None:
        """The way from the top to the page of the record or broken file that an address means; None where there is none."""
        if address not in self._urls:
            page = self.paths.by_address.get(address)
            self._urls[address] = None if page is None else self.url(page)
        return self._urls[address]


def site_of(
    workspace: Workspace,
    diagnostics: Iterable[Diagnostic],
    today: date,
    docs: Docs,
    urls: UrlStyle,
    address: str = "",
    *,
    past: SitePast | None = None,
    proposal: Proposal | None = None,
) -> Site:
    """Looks up once what the pages will ask for again and again. ``address`` is where the site will be read."""
    findings, names = findings_in(workspace, diagnostics), Names(workspace, workspace.config.language)
    return Site(workspace, today, docs, urls, paths_of(workspace), findings, names, address, past, proposal)


@dataclass(frozen=True, slots=True)
class Here:
    """A page that is being made: all links on it start from here."""

    site: Site
    path: str
    base: str

    def url(self, path: str, anchor: str = "") -> str:
        """The way from this page to another of the site."""
        return (self.base + self.site.url(path) or "./") + (f"#{quote(anchor)}" if anchor else "")

    def filtered(self, path: str, table: str = "", *, words: str = "", state: str = "", sort: str = "", anchor: str = "") -> str:
        """The way to a page with a table on it filtered and sorted, as ``trueup.js`` reads it; without scripts, to all of the table.

        ``table`` is the name of one that has one (``data-tu-list``), ``state`` what its rows have as ``data-state``, several with commas;
        ``sort`` the name of a column, with ``-`` before it for the largest first.
        """
        said = {"words": words, "state": state, "sort": sort}
        query = urlencode({f"{table}.{name}" if table else name: text for name, text in said.items() if text}, safe=",")
        return self.url(path) + (f"?{query}" if query else "") + (f"#{quote(anchor)}" if anchor else "")

    def file(self, path: str) -> str:
        """The way from this page to a file of the site that is no page."""
        return self.base + quote(path)

    def to(self, record: Record, words: str = "") -> Html:
        """A link to a record's page: its title, or other words for it."""
        return html('<a href="{}">{}</a>', self.url(self.site.paths.of(record)), words or self.site.names.title(record))

    def at(self, address: str) -> Html:
        """A link to the record or the part of one that an address means; its id where there is none."""
        whole, _, part = address.partition("#")
        record, way = self.site.workspace.record(whole), self.way_to(address)
        words = part or whole.partition("/")[2]
        if record is not None:
            item = record.part(part) if part else None
            words = part_title(item) if item else self.site.names.title(record)
        return html('<a href="{}">{}</a>', way, words) if way else html("{}", words)

    def way_to(self, address: str) -> str | None:
        """The way from this page to the page of a record or to a part on it; None where there is none."""
        whole, _, part = address.partition("#")
        url = self.site.url_for(whole)
        if url is None:
            return None
        return f"{self.base}{url}#{quote(anchor_of(part))}" if part else (self.base + url or "./")

    def link(self, link: Link) -> Html:
        """What a reference names, as a link; as the text it is where it leads nowhere."""
        url = self.target(link)
        return html('<a href="{}">{}</a>', url, link.words) if url else html('<span class="tu-dead">{}</span>', link.words)

    def target(self, link: Link) -> str:
        """The way from this page to what a link names; ``""`` where it leads nowhere."""
        return (self.way_to(link.address) or "") if link.found else ""


def here(site: Site, path: str) -> Here:
    return Here(site, path, base_of(path, site.urls))


class BodyLinks:
    """Where the links in the body of one record lead."""

    def __init__(self, place: Here, source: str) -> None:
        self._here = place
        self._source = source
        self._taken: dict[str, int] = {}

    def record(self, address: str) -> tuple[str, str] | None:
        whole, _, part = address.partition("#")
        record = self._here.site.workspace.record(whole)
        if record is None:
            page = self._here.site.paths.by_address.get(whole)
            return None if page is None else (self._here.url(page), whole)
        named = record.part(part) if part else None
        title = self._here.site.names.title(record)
        url = self._here.url(self._here.site.paths.of(record), anchor_of(part) if named else "")
        return url, f"{title} › {part_title(named)}" if named else title

    def file(self, path: str) -> str | None:
        """A file of the workspace, as written in this record's file: a record's page, a page of docs/, or the source."""
        way, _, fragment = (unquote(one) for one in path.partition("#"))
        way = way.partition("?")[0]
        if not way:
            return "#" + quote(heading_anchor(fragment, {})) if fragment else None
        target = relative_path(self._source, way)
        if target is None:
            return None
        site = self._here.site
        page = _page_of(site, target)
        if page is not None:
            return self._here.url(page, heading_anchor(fragment, {}) if fragment else "")
        document = target.removeprefix("docs/")
        if document != target and document in site.docs.pages:
            return self._here.url(document, fragment)
        return view_url(site.workspace.config.repository, target) or None

    def anchor(self, title: str) -> str:
        return heading_anchor(title, self._taken)


def _page_of(site: Site, path: str) -> str | None:
    """The page of the record that a file holds; of the kind's list for a file of several."""
    if path in site.paths.broken:
        return site.paths.broken[path].page
    kind = site.workspace.kinds.get(site.workspace.paths.get(path, ""))
    if kind is not None and kind.layout != "file":
        return list_of(kind.name)
    return site.paths.by_place.get((path, ()))
