"""What every page is made from, and links from one page to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote, unquote

from trueup.diagnostic import Diagnostic
from trueup.locale import translator
from trueup.records.record import Item, Record
from trueup.records.references import Reference
from trueup.records.workspace import Workspace
from trueup.site.forge import view_url
from trueup.site.html import Html, html
from trueup.site.paths import Paths, UrlStyle, anchor_of, base_of, heading_anchor, list_of, paths_of, relative_path, url_of


@dataclass(frozen=True, slots=True)
class Docs:
    """What people wrote beside the records. ``pages`` are the paths below ``docs/``; ``handbook`` and ``manual`` those of
    two folders with their titles, in order; ``rules`` the pages on rules that come with trueup, as Markdown, by the rule's name."""

    pages: frozenset[str] = frozenset()
    handbook: tuple[tuple[str, str], ...] = ()
    manual: tuple[tuple[str, str], ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Site:
    """A workspace, its findings, and how its pages are called."""

    workspace: Workspace
    diagnostics: tuple[Diagnostic, ...]
    today: date
    docs: Docs
    urls: UrlStyle
    paths: Paths
    findings: Mapping[str, tuple[Diagnostic, ...]]
    _shown: dict[str, tuple[str, Html]] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.workspace.config.language

    @property
    def say(self) -> Callable[[str], str]:
        return translator(self.language)

    def title(self, record: Record) -> str:
        """What people call a record. One of a kind without titles goes by what it is about, and its day."""
        subject = self.subject(record)
        return record.title if subject is None else f"{subject.title} · {record.role('date')}"

    def subject(self, record: Record) -> Record | None:
        """What a record is about that has a day and no title, as a check-in; None for any other."""
        if "title" in record.kind.roles or not record.role("date"):
            return None
        about = next(iter(self.workspace.references_from(record)), None)
        found = self.workspace.record(about.record) if about and about.state == "found" else None
        return found if found is not None and "title" in found.kind.roles else None

    def findings_of(self, record: Record) -> tuple[Diagnostic, ...]:
        """What is wrong with a record: of a file with several records, only what is its own."""
        return tuple(one for one in self.findings.get(record.path, ()) if _is_about(one, record))

    def url(self, path: str) -> str:
        return url_of(path, self.urls)

    def shown(self, address: str) -> tuple[str, Html] | None:
        """URL from the top, and title, of the record or broken file that an address means."""
        if address not in self._shown:
            page = self.paths.by_address.get(address)
            if page is None:
                return None
            record = self.workspace.record(address)
            self._shown[address] = (self.url(page), html("{}", self.title(record) if record else address.partition("/")[2]))
        return self._shown[address]


def site_of(workspace: Workspace, diagnostics: Iterable[Diagnostic], today: date, docs: Docs, urls: UrlStyle) -> Site:
    """Looks up once what the pages will ask for again and again."""
    found = tuple(diagnostics)
    by_path: dict[str, list[Diagnostic]] = {}
    for one in found:
        by_path.setdefault(one.path, []).append(one)
    for series in workspace.series.values():
        record = workspace.record(f"metric/{series.metric}")
        if record is not None and series.path in by_path:
            by_path.setdefault(record.path, []).extend(by_path[series.path])
    findings = {path: tuple(ones) for path, ones in by_path.items()}
    return Site(workspace, found, today, docs, urls, paths_of(workspace), findings)


def _is_about(finding: Diagnostic, record: Record) -> bool:
    return not record.route or finding.address == record.address


@dataclass(frozen=True, slots=True)
class Here:
    """A page that is being made: all links on it start from here."""

    site: Site
    path: str
    base: str

    def url(self, path: str, anchor: str = "") -> str:
        """The way from this page to another of the site."""
        return (self.base + self.site.url(path) or "./") + (f"#{quote(anchor)}" if anchor else "")

    def link(self, record: Record, words: str = "") -> Html:
        """A link to a record's page: its title, or other words for it."""
        return html('<a href="{}">{}</a>', self.url(self.site.paths.of(record)), words or self.site.title(record))

    def reference(self, reference: Reference) -> Html:
        """What a reference names, by its title and as a link; as the text it is where it leads nowhere."""
        shown = self.site.shown(reference.record) if reference.state == "found" else None
        if shown is None:
            if reference.state == "none":
                return html("{}", reference.text)
            return html('<span class="tu-dead">{}</span>', reference.text)
        url, title = shown
        if not reference.part:
            return html('<a href="{}{}">{}</a>', self.base, url, title)
        return html('<a href="{}{}#{}">{}</a>', self.base, url, quote(anchor_of(reference.part)), self._part_title(reference, title))

    def _part_title(self, reference: Reference, title: Html) -> Html:
        own = reference.record == reference.source.address
        record = reference.source if own else self.site.workspace.record(reference.record)
        part = record.part(reference.part, reference.ref.parts) if record else None
        name = part_title(part) if part else reference.part
        return html("{}", name) if own else html("{} › {}", title, name)


def part_title(part: Item) -> str:
    """What a task, a key result or an action is called: its title or its text, else its id."""
    for name in ("title", "text", "problem", "name"):
        if text := part.text(name):
            return text
    return part.text("id") or ""


def here(site: Site, path: str) -> Here:
    return Here(site, path, base_of(path, site.urls))


class BodyLinks:
    """Where the links in the body of one record lead."""

    def __init__(self, place: Here, source: str) -> None:
        self._here = place
        self._source = source
        self._taken: set[str] = set()

    def record(self, address: str) -> tuple[str, str] | None:
        whole, _, part = address.partition("#")
        record = self._here.site.workspace.record(whole)
        if record is None:
            page = self._here.site.paths.by_address.get(whole)
            return None if page is None else (self._here.url(page), whole)
        named = record.part(part) if part else None
        title = self._here.site.title(record)
        url = self._here.url(self._here.site.paths.of(record), anchor_of(part) if named else "")
        return url, f"{title} › {part_title(named)}" if named else title

    def file(self, path: str) -> str | None:
        """A file of the workspace, as written in this record's file: a record's page, a page of docs/, or the source."""
        way, _, fragment = (unquote(one) for one in path.partition("#"))
        way = way.partition("?")[0]
        if not way:
            return "#" + quote(heading_anchor(fragment, set())) if fragment else None
        target = relative_path(self._source, way)
        if target is None:
            return None
        site = self._here.site
        page = _page_of(site, target)
        if page is not None:
            return self._here.url(page, heading_anchor(fragment, set()) if fragment else "")
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
