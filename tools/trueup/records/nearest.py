"""Which of the known names a misspelt one was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from trueup.locale import Text, msg

_LONGEST_COMPARED = 60
# How alike two names must be, from 0 to 1: "titel" and "title" are 0.8, "nope" and "ignore" 0.6. A guess that is wrong does
# harm: it stands in the place of the names that there are.
_NEAR = 0.65
# Names that begin alike may differ more in the rest: "x-reference" and "x-ref" are 0.63.
_NEAR_IF_ALIKE_AT_FIRST = 0.6
_FIRST = 2
DID_YOU_MEAN = 'did you mean "{name}"?'


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that was probably meant; upper and lower case, ``-`` and ``_`` don't count as differences."""
    # Loaded here, as only what is misspelt needs it.
    import difflib

    folded = {_folded_name(other): other for other in names}
    wanted = _folded_name(name)
    for match in difflib.get_close_matches(wanted, folded, n=2, cutoff=_NEAR_IF_ALIKE_AT_FIRST):
        if match[:_FIRST] == wanted[:_FIRST] or difflib.SequenceMatcher(None, match, wanted).ratio() >= _NEAR:
            return folded[match]
    return None


def _folded_name(name: str) -> str:
    # The end of a long name is not compared: comparing takes time that grows with the square of the length, or worse.
    return name[:_LONGEST_COMPARED].casefold().replace("_", "-")


def did_you_mean(name: str, names: Iterable[str]) -> Text | None:
    found = nearest(name, names)
    return msg(DID_YOU_MEAN, name=found) if found else None
