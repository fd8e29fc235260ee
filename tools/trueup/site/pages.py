"""All pages of a workspace, as a function of what is written down and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from trueup.site.findings import findings_page
from trueup.site.home import home_page
from trueup.site.listing import list_page
from trueup.site.manual import kind_page, kinds_page
from trueup.site.page import Page
from trueup.site.paths import COMMANDS, FINDINGS, HOME, KINDS_MANUAL, list_of, manual_of, rule_of
from trueup.site.practice.catalogue import pages_for
from trueup.site.record_page import broken_page, record_page
from trueup.site.reference import commands_page, rule_page
from trueup.site.reports import report_pages
from trueup.site.site import Maker, Site


def pages_of(site: Site) -> Iterator[Page]:
    """Every page of the site that its ``docs`` do not have already, sorted by path; the same bytes for the same workspace and day."""
    makers = {path: make for path, make in _makers(site) if path not in site.docs.pages}
    for path in sorted(makers):
        yield makers[path]()


def _makers(site: Site) -> Iterator[tuple[str, Maker]]:
    """Each page's path, and the function that makes it: a page that is not asked for is never made."""
    workspace = site.workspace
    yield HOME, partial(home_page, site)
    yield FINDINGS, partial(findings_page, site)
    yield KINDS_MANUAL, partial(kinds_page, site)
    yield COMMANDS, partial(commands_page, site)
    for page in pages_for(site):
        yield page.path, partial(page.make, site)
    yield from report_pages(site)
    for kind in workspace.kinds.values():
        yield list_of(kind.name), partial(list_page, site, kind)
        yield manual_of(kind.name), partial(kind_page, site, kind)
    for name, text in site.docs.rules.items():
        yield rule_of(name), partial(rule_page, site, name, text)
    for record in workspace.records:
        yield site.paths.of(record), partial(record_page, site, record)
    for path, broken in site.paths.broken.items():
        yield broken.page, partial(broken_page, site, path, site.findings.by_path.get(path, ()))
