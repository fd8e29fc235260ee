"""What the site holds beside its pages: each kind's records for spreadsheets and programs, and the feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    """A file that is no page. ``path`` is its place from the site's top."""

    path: str
    content: bytes


def files_of(site: Site) -> Iterator[SiteFile]:
    """Every such file; the same bytes for the same workspace and day. One that lies in ``docs/`` already stays as it is there."""
    for kind in site.workspace.kinds.values():
        yield _file(csv_of(kind.name), _MARK + _listed(site, kind, default_columns(kind), "csv"))
        yield _file(api_of(kind.name), _listed(site, kind, columns_of(kind), "json"))
    yield _file(FINDINGS_CSV, _MARK + write_table(Table(FINDING_COLUMNS, finding_rows(site.findings.all)), "csv"))
    yield _file(FEED, feed(site))


def _file(path: str, text: str) -> SiteFile:
    return SiteFile(path, text.encode(errors="backslashreplace"))


def _listed(site: Site, kind: Kind, columns: tuple[str, ...], form: str) -> str:
    """What ``trueup list`` says of a kind."""
    rows = records_in_rows(site.workspace, kind, columns)
    return write_table(labelled(rows, kind, site.language, form), form)
