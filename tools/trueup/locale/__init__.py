"""What a person reads, in English and Simplified Chinese.

A message is made once, in English, as a template and its values; it becomes a sentence in the reader's language only where
it is shown. So the same findings can be printed, published and exported in either language.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from trueup.locale.joining import listed

DOMAIN = "trueup"
LANGUAGES = ("en", "zh")
_CATALOGUES = Path(__file__).parent
_LOCALES = {"zh": "zh_CN"}

# A value quoted in a message may come from a hostile file: what is longer than this is cut, so that a whole message
# stays under 500 characters.
_LONGEST_VALUE = 80
_LONGEST_LIST = 240

# A day as Chinese readers write it.
WRITTEN_ZH = re.compile(r"(?:[0-9]+年)?[0-9]+月[0-9]+日")


@dataclass(frozen=True, slots=True)
class Label:
    """A name in both languages, as schemas write it: ``{"en": …, "zh": …}``."""

    en: str
    zh: str

    def say(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence that is not yet in any language: an English template, and the values that go into it."""

    template: str
    values: tuple[tuple[str, object], ...] = ()
    plural: str = ""

    def say(self, language: str) -> str:
        catalogue = translations(language)
        values = {name: _shown(value, language) for name, value in self.values}
        if self.plural:
            count = dict(self.values)["count"]
            assert isinstance(count, int)
            template = catalogue.ngettext(self.template, self.plural, count)
        else:
            template = catalogue.gettext(self.template)
        return (_closed_up(template, values) if language == "zh" else template).format(**values)

    def __str__(self) -> str:
        return self.say("en")


def msg(template: str, **values: object) -> Text:
    """A message; ``template`` is a ``str.format`` template and the key of its translation."""
    return Text(template, tuple(values.items()))


def msgs(one: str, many: str, count: int, **values: object) -> Text:
    """A message about ``count`` things; ``one`` and ``many`` both name ``{count}``."""
    return Text(one, (("count", count), *values.items()), many)


def _shown(value: object, language: str) -> object:
    if isinstance(value, Text | Label):
        return value.say(language)
    if isinstance(value, str):
        return shortened(value)
    if isinstance(value, tuple):
        return shortened(listed((str(_shown(item, language)) for item in value), language), _LONGEST_LIST)
    return value


def _closed_up(template: str, values: Mapping[str, object]) -> str:
    """A Chinese template without the spaces around its dates where these are written out: an ISO date keeps them."""
    for name, value in values.items():
        if isinstance(value, str) and value.endswith("日") and WRITTEN_ZH.fullmatch(value):
            template = template.replace(f" {{{name}}}", f"{{{name}}}").replace(f"{{{name}}} ", f"{{{name}}}")
    return template


def shortened(text: str, longest: int = _LONGEST_VALUE) -> str:
    """``text`` on one line and at most ``longest`` characters, an ellipsis where something was cut."""
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return text.replace("\n", "⏎") if "\n" in text else text


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; for English, and for a language there is none of, the messages as they are."""
    locale = _LOCALES.get(language)
    if locale is None:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, _CATALOGUES, [locale], fallback=True)


def translator(language: str) -> Callable[[str], str]:
    """The function that turns one English string of the interface into ``language``."""
    return translations(language).gettext


def language_of(*wishes: str | None) -> str:
    """The first of the wishes that names a language there is; ``zh_CN.UTF-8`` and ``zh`` both do. English else."""
    for wish in wishes:
        head = (wish or "").replace("-", "_").split("_")[0].split(".")[0].lower()
        if head in LANGUAGES:
            return head
    return "en"


Say = Callable[[Any], str]
