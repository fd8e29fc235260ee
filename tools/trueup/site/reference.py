"""The pages of the manual that trueup itself brings: its commands and its rules."""

from __future__ import annotations

from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.render.markdown import Heading, render_markdown
from trueup.site.page import Page, described
from trueup.site.paths import COMMANDS, KINDS_MANUAL, heading_anchor, manual_of, relative_path, rule_of
from trueup.site.site import Here, Site, here
from trueup.views.commands import CommandHelp


def commands_page(site: Site) -> Page:
    """Every command with its options, as ``--help`` tells them."""
    _ = site.say
    found = site.docs.commands
    headings = tuple(Heading(2, one.name.replace(" ", "-"), one.name) for one in found)
    lead = _("Every command says the same of itself with --help.")
    parts = joined(
        html('<h2 id="{}"><code>{}</code></h2>{}', heading.id, heading.title, _command(site, one))
        for heading, one in zip(headings, found, strict=True)
    )
    content = html('<div class="tu"><h1>{}</h1><p class="tu-lead">{}</p>{}</div>', _("Commands"), lead, parts)
    return Page(COMMANDS, _("Commands"), content, lead, headings, wide=False)


def _command(site: Site, one: CommandHelp) -> Html:
    _ = site.say
    text = joined(html("<p>{}</p>", paragraph) for paragraph in one.paragraphs)
    usage = html('<pre tabindex="0"><code>{}</code></pre>', one.usage)
    rows = []
    for option in one.options:
        default = html(" {} <code>{}</code>", _("Default:"), option.default) if option.default else EMPTY
        rows.append(html("<tr><td><code>{}</code></td><td>{}{}</td></tr>", option.names, option.help, default))
    return joined((text, usage, table(titles(_("Option"), _("Meaning")), rows, "tu-manual") if rows else EMPTY))


def rule_page(site: Site, name: str, text: str) -> Page:
    """A page on a rule, from its Markdown. It comes with trueup, and may lead to a page of the manual that this site has not."""
    place = here(site, rule_of(name))
    rendered = render_markdown(text, _Links(place), top=1)
    title = rendered.headings[0].title if rendered.headings else name
    content = html('<div class="tu">{}</div>', Html(rendered.html))
    return Page(place.path, title, content, described(title), rendered.headings[1:], wide=False)


class _Links:
    """Where links lead on a page that is one of the site's Markdown sources."""

    def __init__(self, place: Here) -> None:
        self._here = place
        self._taken: dict[str, int] = {}

    def record(self, address: str) -> tuple[str, str] | None:
        return None

    def file(self, path: str) -> str | None:
        way, _, fragment = path.partition("#")
        target = relative_path(self._here.path, way) if way else self._here.path
        return self._here.url(target, fragment) if target and _is_page(self._here.site, target) else None

    def anchor(self, title: str) -> str:
        return heading_anchor(title, self._taken).removeprefix("h-") or "h"


def _is_page(site: Site, path: str) -> bool:
    """Whether the site has this page of a manual, or makes it."""
    made = (COMMANDS, KINDS_MANUAL, *map(rule_of, site.docs.rules), *map(manual_of, site.workspace.kinds))
    return path in site.docs.pages or path in made
