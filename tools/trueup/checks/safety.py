"""TU9: secrets and people's private data in the text of records: what looks like one, and how little of it may be shown.

Every file is looked through as it was read, for signs without which nothing can be found; only what has a sign is read value by
value. The many patterns that this takes are written as texts: ``re`` compiles each when it is first needed, and most runs need none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from trueup.checks.rule import Context, rule
from trueup.diagnostic import Position, Problem
from trueup.locale import Text, msg
from trueup.records.record import Record
from trueup.records.source import Route
from trueup.records.validate import pattern_test
from trueup.records.workspace import Workspace


@rule("TU901", "secret-in-record")
def secret_in_record(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A text holds a secret: the address of a webhook, a token or a private key."""
    hint = msg("take it out and have it replaced: it stays in the history of the repository, where others may have read it")
    for record, text, route in _suspects(workspace.records, _SIGNS_OF_SECRETS):
        for message, start in _secrets(text):
            yield _problem(record, route, text, start, message, hint)


@rule("TU902", "personal-data", severity="warning")
def personal_data(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A text holds somebody's phone number, identity number, bank card or e-mail address."""
    hint = msg("take it out, and write who it was in a way that only your team can look up")
    for record, text, route in _suspects(workspace.records, _SIGNS_OF_PERSONAL_DATA):
        if record.kind.name != "person" or route[:1] != ("handles",):
            for message, start in _personal(text, with_mail=record.kind.built_in):
                yield _problem(record, route, text, start, message, hint)


def _problem(record: Record, route: Route, text: str, start: int, message: Text, hint: Text) -> Problem:
    if route:
        return record.problem(message, hint, route)
    line = record.source.body_line + text.count("\n", 0, start)
    return Problem(record.path, Position(line, start - text.rfind("\n", 0, start)), message, hint, record.address)


def _texts(record: Record) -> Iterator[tuple[str, Route]]:
    """Every text of a record with its route; the body has none."""
    waiting: list[tuple[Any, Route]] = [(record.data, ())]
    while waiting:
        value, route = waiting.pop()
        if isinstance(value, str):
            yield value, route
        elif isinstance(value, dict):
            waiting.extend((one, (*route, key)) for key, one in value.items())
        elif isinstance(value, list):
            waiting.extend((one, (*route, index)) for index, one in enumerate(value))
    if record.body and not record.route:
        yield record.body, ()


def _suspects(records: Sequence[Record], signs: str) -> Iterator[tuple[Record, str, Route]]:
    """The texts with a sign of what is looked for, each with its record and its route; a file of several records is looked through once."""
    # The engine of the schemas knows neither what stands before a word nor after it, and is many times as fast as Python's.
    has_sign = pattern_test(signs)
    last, found = None, False
    for record in records:
        source = record.source
        if source is not last:
            last, found = source, has_sign(source.raw.decode())
        if found:
            yield from ((record, text, route) for text, route in _texts(record) if has_sign(text))


# Of each secret below what it begins with, or what must stand in it.
_SIGNS_OF_SECRETS = (
    "hook|access_token=|&sig=|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|AKIA|AIza|sk-[A-Za-z0-9_-]{24}|sk_live_|PRIVATE KEY|eyJ"
)

# The shortest number that is looked for, that of a phone, has eleven digits, whatever stands between them. And an address of a domain.
_ELEVEN_DIGITS = "[0-9](?:[ -]?[0-9]){10}"
_SIGNS_OF_PERSONAL_DATA = rf"{_ELEVEN_DIGITS}|@[A-Za-z0-9-]+\.[A-Za-z0-9]"

# What may not stand before and after a token, so that a part of a longer word is none. Chinese may: it needs no space.
_OPEN, _SHUT = r"(?<![A-Za-z0-9_-])", r"(?![A-Za-z0-9_-])"

# Hosts and prefixes as their owners document them; every repetition has a bound or runs over one class, so that no text takes long.
_SECRETS: tuple[tuple[str, Text], ...] = (
    (
        r"hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,}",
        msg("the address of a Slack webhook stands here"),
    ),
    (
        r"qyapi\.weixin\.qq\.com/cgi-bin/webhook/(?:send|upload_media)\?[^\s]{0,100}?key=[A-Za-z0-9-]{16,}",
        msg("the address of a WeCom webhook stands here"),
    ),
    (
        r"open\.(?:feishu\.cn|larksuite\.com)/open-apis/bot/(?:v2/)?hook/[A-Za-z0-9-]{16,}",
        msg("the address of a Feishu webhook stands here"),
    ),
    (
        r"o?api\.dingtalk\.com/robot/send\?[^\s]{0,100}?access_token=[A-Za-z0-9]{32,}",
        msg("the address of a DingTalk webhook stands here"),
    ),
    (
        r"(?:[a-z0-9-]{1,63}\.webhook|outlook)\.office(?:365)?\.com/webhook[a-z0-9]{0,4}/[A-Za-z0-9@/_-]{20,}"
        r"|(?:logic\.azure|api\.powerplatform)\.com(?::\d+)?/[^\s]{0,400}?&sig=[A-Za-z0-9%_-]{20,}",
        msg("the address of a Teams webhook stands here"),
    ),
    (rf"{_OPEN}(?:gh[pousr]_[A-Za-z0-9]{{36,}}|github_pat_[A-Za-z0-9_]{{22,}})", msg("a GitHub token stands here")),
    (rf"{_OPEN}glpat-[A-Za-z0-9_-]{{20,}}", msg("a GitLab token stands here")),
    (rf"{_OPEN}xox[abeprs]-[A-Za-z0-9-]{{10,}}", msg("a Slack token stands here")),
    (rf"{_OPEN}AKIA[A-Z0-9]{{16}}{_SHUT}", msg("the key of an AWS account stands here")),
    (rf"{_OPEN}AIza[A-Za-z0-9_-]{{35}}{_SHUT}", msg("a Google API key stands here")),
    (
        rf"{_OPEN}(?:sk-[A-Za-z0-9]{{32,}}{_SHUT}|sk_live_[A-Za-z0-9]{{16,}}"
        r"|sk-(?=[A-Za-z0-9_-]*[A-Z])(?=[A-Za-z0-9_-]*[a-z])(?=[A-Za-z0-9_-]*[0-9])[A-Za-z0-9_-]{24,})",
        msg("a secret API key stands here"),
    ),
    (r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----", msg("a private key stands here")),
    (
        rf"{_OPEN}eyJ[A-Za-z0-9_-]{{10,}}\.eyJ[A-Za-z0-9_-]{{10,}}\.[A-Za-z0-9_-]{{10,}}",
        msg("a signed token (JWT) stands here"),
    ),
)


def _secrets(text: str) -> Iterator[tuple[Text, int]]:
    """What secrets a text holds, and where each begins; of a secret itself nothing is passed on."""
    for pattern, message in _SECRETS:
        for found in re.finditer(pattern, text):
            if not _is_placeholder(found.group()):
                yield message, found.start()


def _is_placeholder(text: str) -> bool:
    """Whether it only shows what such a thing looks like: XXXXXXXX, 4242 4242 4242 4242, AWS's own …EXAMPLE."""
    return re.search(_REPEATED, re.sub("[ -]", "", text)) is not None or text.endswith("EXAMPLE")


_REPEATED = r"(.)\1{7}|(.{2,4})\2{3}"

# In a longer number, a code, a path or a fraction nothing of this is meant.
_BEFORE, _AFTER = r"(?<![A-Za-z0-9_.+/#-])", r"(?![A-Za-z0-9_-]|\.\d)"

_PHONE = rf"(?a){_BEFORE}(?:(?:\+|00)?86[ -]?)?(1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}){_AFTER}"
_IDENTITY = rf"(?a){_BEFORE}([1-9]\d{{5}}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}[\dXx]){_AFTER}"
_CARD = rf"(?a){_BEFORE}([3-6]\d{{3}}(?:(?:[ -]?\d{{4}}){{3}}(?:[ -]?\d{{1,3}})?|[ -]?\d{{6}}[ -]?\d{{5}})){_AFTER}"
_MAIL = r"(?a)(?<![A-Za-z0-9_.+/@%-])([A-Za-z0-9_.+-]{1,64})@((?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24})(?![A-Za-z0-9_-])"

# A number with one of these words before it is that of an order, which may look like anything.
_NOT_A_PERSON = (
    r"(?i)(?:单号|订单|工单|编号|流水号|运单|快递|\b(?:order|ticket|invoice|tracking|parcel|batch|sku))"
    r"(?:\s?(?:号码|号|number|no\.?|id))?\s{0,2}[:：=#]?\s{0,2}\Z"
)
_LONGEST_WORD = 24


def _personal(text: str, *, with_mail: bool) -> Iterator[tuple[Text, int]]:
    """What personal data a text holds, each cut so that it can be found and not used, and where it begins."""
    if re.search(_ELEVEN_DIGITS, text):
        yield from _numbers(text)
    for found in re.finditer(_MAIL, text) if with_mail and "@" in text else ():
        name, domain = found.groups()
        if _is_somebody(name, domain):
            yield msg('"{cut}" is an e-mail address', cut=f"{name[:1]}****@{domain}"), found.start()


def _numbers(text: str) -> Iterator[tuple[Text, int]]:
    for found in re.finditer(_PHONE, text):
        number = _digits(found.group(1))
        if _is_meant(text, found) and number not in _SAMPLE_PHONES:
            yield msg('"{cut}" is a phone number', cut=f"{number[:3]}****{number[-4:]}"), found.start()
    identities = [found for found in re.finditer(_IDENTITY, text) if _is_identity(found.group(1))]
    for found in identities:
        yield msg('"{cut}" is an identity number', cut=f"{found.group(1)[:4]}****{found.group(1)[-4:]}"), found.start()
    places = {found.start() for found in identities}
    for found in re.finditer(_CARD, text):
        number = _digits(found.group(1))
        if found.start() not in places and _is_card(number) and _is_meant(text, found):
            yield msg('"{cut}" is the number of a bank card', cut=f"{number[:4]}****{number[-4:]}"), found.start()


# Numbers that stand for a number in every manual.
_SAMPLE_PHONES = ("13800138000",)


def _digits(text: str) -> str:
    return text.replace(" ", "").replace("-", "")


def _is_meant(text: str, found: re.Match[str]) -> bool:
    """Whether the number may be a person's: no sample, and not the number of an order."""
    before = text[max(0, found.start() - _LONGEST_WORD) : found.start()]
    return not _is_placeholder(found.group(1)) and re.search(_NOT_A_PERSON, before) is None


def _is_identity(number: str) -> bool:
    """Whether the check digit is right (GB 11643-1999, which takes ISO 7064 MOD 11-2)."""
    weights = (pow(2, 17 - place, 11) for place in range(17))
    rest = sum(weight * int(digit) for weight, digit in zip(weights, number, strict=False)) % 11
    return "10X98765432"[rest] == number[-1].upper()


def _is_card(number: str) -> bool:
    """Whether it begins as the cards of a network do and has the right sum (ISO/IEC 7812-1, annex B)."""
    if not re.match(_NETWORKS, number):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


# UnionPay, Visa, Mastercard, American Express, JCB; each with the lengths that it gives out.
_NETWORKS = r"(?:62\d{14,17}|4\d{15}|5[1-5]\d{14}|3[47]\d{13}|35\d{14})\Z"


def _is_somebody(name: str, domain: str) -> bool:
    """Whether an address is a person's: not that of a team or a machine, of a made-up domain, or the name of a picture."""
    end = domain.lower().rpartition(".")[2]
    made_up = end in _RESERVED or domain.lower().endswith(_EXAMPLES)
    return not made_up and end not in _FILES and re.split(r"[.+_-]", name.lower())[0] not in _ROLES


# RFC 2606 keeps these for examples.
_RESERVED = frozenset(("example", "test", "invalid", "localhost"))
_EXAMPLES = ("example.com", "example.org", "example.net")

_FILES = frozenset(("png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "css", "js", "html", "yaml", "json"))

# RFC 2142 has some of these; the others are what companies call their mailboxes.
_ROLES = frozenset(
    (
        "abuse", "admin", "billing", "bot", "careers", "contact", "feedback", "git", "hello", "help", "hi", "hr", "info", "jobs", "kefu",
        "legal", "mail", "marketing", "news", "newsletter", "no", "noreply", "office", "ops", "operations", "orders", "postmaster",
        "press", "privacy", "product", "sales", "security", "service", "support", "team", "webmaster",
    )
)  # fmt: skip
