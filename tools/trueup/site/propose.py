"""Links to begin a record in the forge's editor, with what is known of it already written."""

from __future__ import annotations

from collections.abc import Mapping

from trueup.editing.draft import draft
from trueup.locale import msg
from trueup.records.kind import Kind
from trueup.records.record import Record
from trueup.render.html import EMPTY, Html, html
from trueup.site.forge import new_url
from trueup.site.site import Here

# No id, so that a name which nobody has filled in is reported. The day is the writer's, not the one on which the site was built.
_DAY = "YYYY-MM-DD"

# Feedback begins here, whoever brings it.
_KNOWN = {"feedback": {"status": "new"}}


def begin(place: Here, kind: Kind | None) -> Html:
    """A link to a new record of a kind; nothing where there is no repository, or its forge takes none."""
    return EMPTY if kind is None else _link(place, kind, kind.name, _KNOWN.get(kind.name, {}))


def begin_checkin(place: Here, about: Record) -> Html:
    """A link to a new check-in of a goal or a plan that is not over."""
    kind = place.site.workspace.kinds.get("checkin")
    if kind is None or about.kind.name not in ("goal", "plan") or about.kind.group_of(about.status) not in ("open", "draft"):
        return EMPTY
    return _link(place, kind, about.id, {"subject": about.address})


def _link(place: Here, kind: Kind, name: str, known: Mapping[str, str]) -> Html:
    glob = next((one for one in kind.files.globs if one.endswith(".md") and not one.startswith("!")), None)
    if glob is None or kind.layout != "file":
        return EMPTY
    language = place.site.language
    folder = glob.partition("*")[0]
    days = f"{_DAY}-" if "date" in kind.roles else ""
    url = new_url(place.site.workspace.config.repository, f"{folder}{days}{name}.md", draft(kind, known, language))
    if not url:
        return EMPTY
    label = kind.label.say(language)
    words = msg("New {kind}", kind=label.lower() if language == "en" else label).say(language)
    return html('<a class="tu-edit" href="{}" rel="noopener noreferrer">{}</a>', url, words)
