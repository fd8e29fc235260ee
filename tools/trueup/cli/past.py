"""What the commands of history have in common: the repository of a workspace, and who is meant by an address in it."""

from __future__ import annotations

import click

from trueup.cli.command import Session, keep_garbage
from trueup.cli.selection import kind_named
from trueup.history.chronicle import Chronicle, chronicle
from trueup.history.compare import Compared, compared
from trueup.history.git import open_repository
from trueup.locale import language_of, translator
from trueup.locale.joining import sentences
from trueup.records.kind import Kind
from trueup.records.nearest import nearest


def chronicle_of(session: Session) -> Chronicle:
    """The history of a session's workspace up to what ``--as-of`` asks for, else up to HEAD. Raises GitFailure."""
    keep_garbage()
    git = session.past.git if session.past else open_repository(session.root)
    return chronicle(git, session.past.commit.id if session.past else git.commit("HEAD"), session.tree)


def states_of(session: Session, base: str, head: str | None = None) -> Compared:
    """What a change was made on, and what it has become: at ``head``, or on disk. Raises GitFailure."""
    keep_garbage()
    return compared(open_repository(session.root), base, head, session.tree)


def language_in(session: Session, found: Chronicle) -> str:
    return language_of(session.asked_language, found.config.language)


def record_named(found: Chronicle, text: str, session: Session) -> tuple[Kind, str]:
    """The kind and the id of the record that an address, a path or an id means; it need not exist any more. Fails where nobody can say."""
    language = language_in(session, found)
    _ = translator(language)
    kind_name, slash, name = text.partition("#")[0].partition("/")
    if slash and name and kind_name in found.kinds:
        return found.kinds[kind_name], name
    path, records = text.removeprefix("./"), session.judged().records
    if kind := found.versions.kind_of(path):
        return kind, next((one.id for one in records if one.path == path), kind.id_rule.from_path(path))
    same = [record for record in records if record.id == text]
    if len(same) == 1:
        return same[0].kind, same[0].id
    if slash and "." not in text:
        return kind_named(found.kinds, kind_name, language), name
    meant = nearest(text, [record.address if slash else record.id for record in records])
    hint = _('Did you mean "{name}"?').format(name=meant) if meant else _('Write it as kind/id; "trueup list" shows what there is.')
    raise click.UsageError(sentences((_('there is no record "{address}".').format(address=text), hint), language))
