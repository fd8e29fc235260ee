"""All pages of a workspace, as a function of what is written down and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from trueup.site.findings import findings_page
from trueup.site.home import home_page
from trueup.site.listing import list_page
from trueup.site.manual import kind_page, kinds_page
from trueup.site.page import Maker, Page
from trueup.site.paths import COMMANDS, FINDINGS, HOME, KINDS_MANUAL, REVIEW, RULES, list_of, manual_of, rule_of
from trueup.site.practice.catalogue import TELLING, pages_for
from trueup.site.record_page import broken_page, record_page
from trueup.site.reference import commands_page, rule_page
from trueup.site.reports import report_pages
from trueup.site.review import TITLE as REVIEW_TITLE
from trueup.site.review import review_page
from trueup.site.site import Site


def pages_of(site: Site) -> Iterator[Page]:
    """Every page of the site that its ``docs`` do not have already, sorted by path; the same bytes for the same workspace and day."""
    return (maker.make() for maker in makers_of(site))


def makers_of(site: Site) -> list[Maker]:
    """The same pages before they are made. Each may be made by itself, at any time and in any order."""
    found = {maker.path: maker for maker in _makers(site) if maker.path not in site.docs.pages}
    return [found[path] for path in sorted(found)]


def _makers(site: Site) -> Iterator[Maker]:
    workspace, language = site.workspace, site.language
    _ = site.say
    yield Maker(HOME, partial(home_page, site), _("Home"))
    if site.proposal is not None:
        yield Maker(REVIEW, partial(review_page, site, site.proposal), REVIEW_TITLE.say(language))
    yield Maker(FINDINGS, partial(findings_page, site), _("Findings"))
    yield Maker(KINDS_MANUAL, partial(kinds_page, site), _("Kinds of records"))
    yield Maker(COMMANDS, partial(commands_page, site), _("Commands"))
    for page in pages_for(site):
        yield Maker(page.path, partial(page.make, site), page.title.say(language), page.late, page.tells_of_past)
    yield from report_pages(site)
    for kind in workspace.kinds.values():
        yield Maker(list_of(kind.name), partial(list_page, site, kind), kind.plural.say(language))
        yield Maker(manual_of(kind.name), partial(kind_page, site, kind))
    for name, text in site.docs.rules.items():
        path = rule_of(name)
        yield Maker(path, partial(rule_page, site, name, text), _("Rules") if path == RULES else "")
    for record in workspace.records:
        yield Maker(site.paths.of(record), partial(record_page, site, record), ours=site.past is not None and record.kind.name in TELLING)
    for path, broken in site.paths.broken.items():
        yield Maker(broken.page, partial(broken_page, site, path, site.findings.by_path.get(path, ())))
