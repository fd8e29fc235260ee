"""What the site holds beside its pages: each kind's records for spreadsheets and programs, and the feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from trueup.records.kind import Kind
from trueup.render.listing import labelled
from trueup.render.tables import Table, write_table
from trueup.site.feed import feed
from trueup.site.paths import FEED, FINDINGS_CSV, api_of, csv_of
from trueup.site.site import Site
from trueup.views.tables import FINDING_COLUMNS, columns_of, default_columns, finding_rows, records_in_rows

# Excel takes a file for UTF-8 only where it begins with this mark.
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file that is no page. ``path`` is its place from the site's top, ``text`` makes what is in it."""

    path: str
    text: Callable[[], str]

    @property
    def content(self) -> bytes:
        return self.text().encode(errors="backslashreplace")


def files_of(site: Site) -> Iterator[SiteFile]:
    """Every such file; the same bytes for the same workspace and day. One that lies in ``docs/`` already stays as it is there."""
    for kind in site.workspace.kinds.values():
        yield SiteFile(csv_of(kind.name), partial(_sheet, site, kind))
        yield SiteFile(api_of(kind.name), partial(_listed, site, kind, columns_of(kind), "json"))
    yield SiteFile(FINDINGS_CSV, partial(_findings, site))
    yield SiteFile(FEED, partial(feed, site))


def _sheet(site: Site, kind: Kind) -> str:
    return _MARK + _listed(site, kind, default_columns(kind), "csv")


def _findings(site: Site) -> str:
    return _MARK + write_table(Table(FINDING_COLUMNS, finding_rows(site.findings.all)), "csv")


def _listed(site: Site, kind: Kind, columns: tuple[str, ...], form: str) -> str:
    """What ``trueup list`` says of a kind."""
    rows = records_in_rows(site.workspace, kind, columns)
    return write_table(labelled(rows, kind, site.language, form), form)
