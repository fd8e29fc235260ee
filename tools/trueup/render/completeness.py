"""The sentence that stands before every answer which may be incomplete."""

from __future__ import annotations

from trueup.locale import msgs, translator
from trueup.locale.joining import clauses, sentences
from trueup.views.completeness import Completeness


def incomplete_in_words(found: Completeness, language: str) -> str:
    """What is left out, and who says why; nothing where all could be read."""
    if found.is_complete:
        return ""
    parts = (
        (found.unreadable, msgs("{count} file could not be read", "{count} files could not be read", found.unreadable)),
        (
            found.faulty,
            msgs("{count} record has values that do not fit", "{count} records have values that do not fit", found.faulty),
        ),
    )
    told = clauses((text.say(language) for count, text in parts if count), language)
    _ = translator(language)
    return sentences((_("This may be incomplete: {what}.").format(what=told), _('"trueup check" says what is wrong.')), language)
