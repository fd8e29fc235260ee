"""What a change means, as a document: what is worst first, and nothing that the difference of the files says better."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from trueup.diagnostic import Diagnostic
from trueup.locale import Text, msg, msgs, shortened, translator
from trueup.locale.days import brief
from trueup.locale.joining import clauses, listed, with_note
from trueup.records.dates import date_of
from trueup.records.kind import Field
from trueup.records.workdays import Workdays
from trueup.render.answer import plain
from trueup.render.difference import Shown, days_in_words, in_words, told
from trueup.render.document import Document, Entry, Section, as_markdown, as_text
from trueup.render.findings import finding
from trueup.render.lines import called, more_in_words
from trueup.render.log import json_text
from trueup.render.numbers import number
from trueup.views.changes import RecordChange
from trueup.views.effects import Delay, IllegalTransition, LateMilestone, NewPath
from trueup.views.hindsight import Eased, PutOff
from trueup.views.names import Names
from trueup.views.promises import Promise
from trueup.views.review import Review

# A comment on a forge may have 65,536 characters (GitHub); this leaves room for the page around it.
MOST_CHARACTERS = 60_000
# So many entries a section shows at first; where the whole is too long, fewer.
_MOST = 40
_MOST_FIELDS = 6
_MOST_NAMES = 3
_LONGEST = 120
MARK = "<!-- trueup review -->"


@dataclass(frozen=True, slots=True)
class _Words:
    """What the entries are made with. ``old`` names what is no more."""

    names: Names
    old: Names
    workdays: Workdays
    today: date

    @property
    def language(self) -> str:
        return self.names.language

    def called(self, address: str | None) -> str:
        name, _, part = (address or "").partition("#")
        record = self.names.workspace.record(name)
        is_here = address is None or (record is not None and (not part or record.part(part) is not None))
        return called(address, self.names if is_here else self.old)

    def shown(self, address: str) -> Shown:
        """How the values of a record are shown: days as people write them, and what it names by its title."""
        titles: dict[str, str] = {}
        for workspace in (self.old.workspace, self.names.workspace):
            if record := workspace.record(address):
                found = (one for one in workspace.references_from(record) if one.state == "found")
                titles.update((one.text, _both(one.target, self)) for one in found)

        def shown(value: Any, field: Field | None) -> str | None:
            if day := date_of(value):
                return brief(day, self.today, self.language)
            return titles.get(value) if isinstance(value, str) and field and field.reference else None

        return shown


def review_document(review: Review, names: Names, old: Names, most: int = _MOST) -> Document:
    """The whole review. ``old`` knows what records were called in the state before; ``most`` entries are in a section."""
    return _cut(_whole(review, names, old), most)


def _whole(review: Review, names: Names, old: Names) -> Document:
    words = _Words(names, old, Workdays(names.workspace.config.calendar), review.today)
    sections = tuple(Section(title, tuple(entries)) for title, entries in _sections(review, words))
    return Document(translator(names.language)("What this change means"), _summary(review, names.language), sections, names.language)


def _cut(document: Document, most: int) -> Document:
    """The same with so many entries in each section, and how many more there are."""

    def cut(section: Section) -> Section:
        more = len(section.entries) - most
        if more <= 0:
            return section
        return replace(section, entries=(*section.entries[:most], Entry(more_in_words(more, "", document.language))))

    return replace(document, sections=tuple(map(cut, document.sections)))


def _summary(review: Review, language: str) -> str:
    """The change in one line."""
    effects, records = review.effects, review.records
    later = sum(one.days is None or one.days > 0 for one in effects.delays)
    settings, put_off = len(review.settings) + len(review.schemas), len(effects.put_off)
    errors = sum(one.severity == "error" for one in review.new)
    counts = {event: len({one.address for one in records if one.event == event}) for event in ("added", "removed", "moved", "changed")}
    parts: tuple[tuple[int, Text], ...] = (
        (errors, msgs("{count} new error", "{count} new errors", errors)),
        (settings, msgs("{count} setting changed", "{count} settings changed", settings)),
        (len(effects.broken), msgs("{count} promise breaks", "{count} promises break", len(effects.broken))),
        (put_off, msgs("{count} due date put off", "{count} due dates put off", put_off)),
        (later, msgs("{count} plan comes later", "{count} plans come later", later)),
        (counts["added"], msgs("{count} record added", "{count} records added", counts["added"])),
        (counts["changed"], msgs("{count} record changed", "{count} records changed", counts["changed"])),
        (counts["moved"], msgs("{count} record moved", "{count} records moved", counts["moved"])),
        (counts["removed"], msgs("{count} record taken away", "{count} records taken away", counts["removed"])),
        (len(review.fixed), msgs("{count} finding is mended", "{count} findings are mended", len(review.fixed))),
    )
    told = clauses((text.say(language) for count, text in parts if count), language)
    return told or translator(language)("No record has changed.")


def _sections(review: Review, words: _Words) -> Iterator[tuple[str, Iterable[Entry]]]:
    _ = translator(words.language)
    effects = review.effects
    new = [one for one in review.new if one.severity == "error"]
    yield _("New errors"), (_finding(one, words) for one in new)
    yield _("Settings"), _settings(review, words)
    yield _("States that may not follow each other"), (_illegal(one, words) for one in effects.illegal)
    yield _("Promises that break"), (_promise(one, words) for one in effects.broken)
    yield _("Milestones that will be late"), (_milestone(one, words) for one in effects.milestones)
    yield _("Comes later"), (_delay(one, words) for one in effects.delays if one.days is None or one.days > 0)
    yield _("Due dates put off"), (_put_off(one, words) for one in effects.put_off)
    yield _("Goals left without a plan"), (Entry(words.called(one), address=one) for one in effects.goals_without_plans)
    yield _("Taken away"), (_record(one, words) for one in review.records if one.event == "removed")
    yield _("Targets lowered after the fact"), (_eased(one, words) for one in effects.eased)
    yield (
        _("Values of the past rewritten"),
        (
            Entry(
                one.title,
                _day(one.date, words),
                (f"{number(one.before)} → {number(one.after) if one.after is not None else '–'}",),
                one.address,
            )
            for one in effects.rewritten
        ),
    )
    yield (
        _("More work than time"),
        (Entry(one.title, facts=(listed(one.weeks, words.language),), address=one.address) for one in effects.overloads),
    )
    yield _("Another critical path"), (_path(one, words) for one in effects.paths)
    yield (
        _("Who should be asked"),
        (Entry(words.called(one.address), facts=(_some(one.about, words),), address=one.address) for one in review.asked),
    )
    yield _("New warnings"), (_finding(one, words) for one in review.new if one.severity != "error")
    yield _("Records"), (_record(one, words) for one in sorted(review.records, key=_rank) if one.event != "removed")
    yield _("Comes earlier"), (_delay(one, words) for one in effects.delays if one.days is not None and one.days < 0)
    yield _("Promises that hold again"), (_promise(one, words) for one in effects.mended)
    yield _("Findings that are mended"), (_finding(one, words) for one in review.fixed)
    yield _("Findings that nobody looks for any more"), (_finding(one, words) for one in review.unseen)


def _some(addresses: tuple[str, ...], words: _Words) -> str:
    """The first of several things by name, and how many more there are."""
    names = [words.called(address) for address in addresses[:_MOST_NAMES]]
    more = len(addresses) - len(names)
    return listed([*names, *([more_in_words(more, "", words.language)] if more else [])], words.language)


def _finding(one: Diagnostic, words: _Words) -> Entry:
    return Entry(one.say(words.language), facts=(f"{one.path}:{one.line}", one.code), address=one.address)


def _illegal(one: IllegalTransition, words: _Words) -> Entry:
    record = words.names.workspace.record(one.address)
    kind = record.kind if record else None
    field = kind.field(kind.roles.get("status", "")) if kind else None
    old, new = (field.choice(value, words.language) if field else value for value in (one.before, one.after))
    allowed = listed((field.choice(value, words.language) if field else value for value in one.allowed), words.language)
    may = msg("allowed are: {states}", states=allowed).say(words.language)
    return Entry(one.title, facts=(f"{old} → {new}", may), address=one.address)


def _promise(one: Promise, words: _Words) -> Entry:
    late = msgs("{count} working day late", "{count} working days late", one.days_late).say(words.language) if one.days_late > 0 else ""
    needed = msg("needed on {day}, forecast {forecast}", day=_day(one.needed, words), forecast=_day(one.forecast, words)).say(
        words.language
    )
    wanted = msg("for {target}", target=_both(one.target, words)).say(words.language)
    return Entry(_both(one.address, words), late, (needed, wanted), one.address)


def _both(address: str, words: _Words) -> str:
    """A part with the name of what it is a part of."""
    whole = address.partition("#")[0]
    return words.called(address) if whole == address else f"{words.called(whole)} › {words.called(address)}"


def _delay(one: Delay, words: _Words) -> Entry:
    _ = translator(words.language)
    lead = days_in_words(one.days, words.language) if one.days is not None else _("no forecast any more") if one.after is None else ""
    moves = f"{_day(one.before, words)} → {_day(one.after, words)}"
    facts = [msg("forecast {days}", days=moves).say(words.language)]
    if one.due:
        due = msg("due {day}", day=_day(one.due, words)) if one.is_late else msg("in time for {day}", day=_day(one.due, words))
        facts.append(with_note(due.say(words.language), _late(one.days_late or 0, words), words.language))
    if one.taken_away:
        away = listed(one.taken_away, words.language)
        facts.append(msg("without {names}", names=shortened(away, _LONGEST)).say(words.language))
    for text, addresses in ((_("reaches {names}"), one.goals), (_("delays {names}"), one.plans), (_("waiting: {names}"), one.parts)):
        if addresses:
            facts.append(text.format(names=listed((_both(address, words) for address in addresses), words.language)))
    return Entry(one.title, lead, tuple(facts), one.address)


def _late(days: int, words: _Words) -> str:
    return msgs("{count} working day late", "{count} working days late", days).say(words.language) if days > 0 else ""


def _settings(review: Review, words: _Words) -> Iterator[Entry]:
    """What is read and judged otherwise from now on, which no record shows."""
    for change in review.settings:
        yield Entry(change.name, "trueup.yaml", (told(change, None, words.workdays, words.language).words,))
    for name in review.schemas:
        kind = words.names.workspace.kinds.get(name) or words.old.workspace.kinds.get(name)
        yield Entry(kind.label.say(words.language) if kind else name, translator(words.language)("another schema"))


def _milestone(one: LateMilestone, words: _Words) -> Entry:
    when = msg("due {due}, forecast {forecast}", due=_day(one.due, words), forecast=_day(one.forecast, words)).say(words.language)
    return Entry(_both(one.address, words), _late(one.days_late, words), (when,), one.address)


def _put_off(one: PutOff, words: _Words) -> Entry:
    facts = [f"{_day(one.before, words)} → {_day(one.after, words)}"]
    if one.outlives:
        goals = listed(map(words.called, one.outlives), words.language)
        facts.append(msg("after the end of {goals}", goals=goals).say(words.language))
    return Entry(_both(one.address, words), days_in_words(one.days, words.language), tuple(facts), one.address)


def _eased(one: Eased, words: _Words) -> Entry:
    """What is easier to reach now, or measured in another way."""
    _ = translator(words.language)
    what = {"target": _("target"), "baseline": _("baseline"), "direction": _("direction"), "removed": _("taken away")}[one.what]
    before, after = (number(each) if isinstance(each, float | int) else each or "–" for each in (one.before, one.after))
    if one.what == "direction":
        field = words.names.workspace.kinds["metric"].field("direction")
        before, after = (field.choice(each, words.language) if field else each for each in (before, after))
    facts = (words.called(one.goal) if one.goal else "", f"{before} → {after}" if one.what != "removed" else "")
    return Entry(one.title, what, facts, one.address)


def _path(one: NewPath, words: _Words) -> Entry:
    facts = [msg("now over {names}", names=listed(map(words.called, one.added), words.language)).say(words.language)]
    if one.gone:
        facts.append(msg("no longer over {names}", names=listed(map(words.called, one.gone), words.language)).say(words.language))
    return Entry(one.title, facts=tuple(facts), address=one.address)


def _day(day: date | None, words: _Words) -> str:
    return brief(day, words.today, words.language)


# What is gone and what is new first: of what has changed, the difference of the files tells as well.
_ORDER = ("unreadable", "removed", "added", "known", "moved", "changed", "readable")


def _rank(one: RecordChange) -> tuple[int, str]:
    return _ORDER.index(one.event), one.address


def _record(one: RecordChange, words: _Words) -> Entry:
    _ = translator(words.language)
    leads = {
        "added": _("new"), "removed": _("gone"), "moved": _("moved"), "changed": _("changed"),
        "unreadable": _("cannot be read"), "readable": _("can be read again"), "known": _("new"),
    }  # fmt: skip
    kind = words.names.workspace.kinds.get(one.kind)
    facts = [kind.label.say(words.language) if kind else one.kind]
    if one.old_path is not None:
        facts.append(_("moved from {old} to {new}").format(old=one.old_path, new=one.path))
    facts += [in_words(change, kind, words.workdays, words.language, words.shown(one.address)) for change in one.changes[:_MOST_FIELDS]]
    if len(one.changes) > _MOST_FIELDS:
        facts.append(more_in_words(len(one.changes) - _MOST_FIELDS, "", words.language))
    return Entry(words.called(one.address) if one.title else one.address, leads[one.event], tuple(facts), one.address)


def review_as_markdown(review: Review, names: Names, old: Names) -> str:
    """At most 60,000 characters: where it would be more, each section has fewer entries and says how many are left out."""
    most, whole = _MOST, _whole(review, names, old)
    while True:
        text = as_markdown(_cut(whole, most))
        if len(text) <= MOST_CHARACTERS or most == 1:
            return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 2] + "…\n"
        most = max(1, most // 2)


def review_as_comment(review: Review, names: Names, old: Names) -> str:
    """As Markdown, with the mark by which the next run finds this comment and writes it anew."""
    return f"{MARK}\n{review_as_markdown(review, names, old)}"[:MOST_CHARACTERS]


def review_as_text(review: Review, names: Names, old: Names) -> str:
    return as_text(review_document(review, names, old))


def review_as_json(review: Review, names: Names, old: Names) -> str:
    """The whole review, uncut. Findings have the shape that ``check --format json`` gives them."""
    said: dict[str, Any] = {"version": 1, **plain_review(review)}
    for name, found in (("new", review.new), ("fixed", review.fixed), ("unseen", review.unseen)):
        said[name] = [finding(one, names.language) for one in found]
    return json_text(said)


def plain_review(review: Review) -> dict[str, Any]:
    return {
        name: plain(getattr(review, name))
        for name in ("today", "before", "after", "records", "effects", "settings", "schemas", "unchanged", "asked")
    }


FORMATS: Mapping[str, Callable[[Review, Names, Names], str]] = {
    "markdown": review_as_markdown,
    "text": review_as_text,
    "json": review_as_json,
    "github": review_as_comment,
    "gitlab": review_as_comment,
}
