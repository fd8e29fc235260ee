"""TU9: secrets and people's private data in the text of records: what looks like one, and how little of it may be shown.

Every file is looked through as it was read, for a few signs without which nothing can be found; only what has a sign is read
value by value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from trueup.checks.rule import Context, rule
from trueup.diagnostic import Position, Problem
from trueup.locale import Text, msg
from trueup.records.record import Record
from trueup.records.source import Route
from trueup.records.workspace import Workspace


@rule("TU901", "secret-in-record")
def secret_in_record(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A text holds a secret: the address of a webhook, a token or a private key."""
    hint = msg("take it out and have it replaced: it stays in the history of the repository, where others may have read it")
    for record in _suspects(workspace.records, _may_hold_secret):
        for text, route in _texts(record):
            for message, start in _secrets(text):
                yield _problem(record, route, text, start, message, hint)


@rule("TU902", "personal-data", severity="warning")
def personal_data(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A text holds somebody's phone number, identity number, bank card or e-mail address."""
    hint = msg("take it out, and write who it was in a way that only your team can look up")
    for record in _suspects(workspace.records, _may_hold_personal_data):
        for text, route in _texts(record):
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


def _suspects(records: Sequence[Record], has_sign: Callable[[bytes], bool]) -> Iterator[Record]:
    """The records of files with a sign of what is looked for; a file of several records is looked through once."""
    last, found = None, False
    for record in records:
        source = record.source
        if source is not last:
            last, found = source, has_sign(source.raw)
        if found:
            yield record


def _may_hold_secret(text: bytes) -> bool:
    """Whether there is a word longer than people's are, or one of the signs of a secret that may be broken up into short ones."""
    if b"hook" in text or _LONG_WORD in text.translate(_LETTERS) or b"glpat-" in text:
        return True
    # One byte is looked for much more quickly than several, and these two are rare.
    return (b"z" in text and b"AIza" in text) or (b"K" in text and b"PRIVATE KEY" in text)


_LETTERS = bytes(ord("a") if one < 128 and (chr(one).isalnum() or chr(one) == "_") else 0 for one in range(256))
_LONG_WORD = b"a" * 17


def _may_hold_personal_data(text: bytes) -> bool:
    """Whether there are eleven digits in a row, whatever stands between their groups, or an address of a domain."""
    return b"0" * 11 in text.translate(_DIGITS, b" -") or (b"@" in text and _DOMAIN.search(text) is not None)


_DIGITS = bytes(ord("0") if chr(one).isdigit() and one < 128 else one for one in range(256))
_DOMAIN = re.compile(rb"@[A-Za-z0-9-]+\.[A-Za-z0-9]")

# What may not stand before and after a token, so that a part of a longer word is none. Chinese may: it needs no space.
_OPEN, _SHUT = r"(?<![A-Za-z0-9_-])", r"(?![A-Za-z0-9_-])"

# Hosts and prefixes as their owners document them; every repetition has a bound or runs over one class, so that no text takes long.
_SECRETS: tuple[tuple[re.Pattern[str], Text], ...] = (
    (
        re.compile(r"hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,}"),
        msg("the address of a Slack webhook stands here"),
    ),
    (
        re.compile(r"qyapi\.weixin\.qq\.com/cgi-bin/webhook/(?:send|upload_media)\?[^\s]{0,100}?key=[A-Za-z0-9-]{16,}"),
        msg("the address of a WeCom webhook stands here"),
    ),
    (
        re.compile(r"open\.(?:feishu\.cn|larksuite\.com)/open-apis/bot/(?:v2/)?hook/[A-Za-z0-9-]{16,}"),
        msg("the address of a Feishu webhook stands here"),
    ),
    (
        re.compile(r"o?api\.dingtalk\.com/robot/send\?[^\s]{0,100}?access_token=[A-Za-z0-9]{32,}"),
        msg("the address of a DingTalk webhook stands here"),
    ),
    (
        re.compile(
            r"(?:[a-z0-9-]{1,63}\.webhook|outlook)\.office(?:365)?\.com/webhook[a-z0-9]{0,4}/[A-Za-z0-9@/_-]{20,}"
            r"|(?:logic\.azure|api\.powerplatform)\.com(?::\d+)?/[^\s]{0,400}?&sig=[A-Za-z0-9%_-]{20,}"
        ),
        msg("the address of a Teams webhook stands here"),
    ),
    (re.compile(rf"{_OPEN}(?:gh[pousr]_[A-Za-z0-9]{{36,}}|github_pat_[A-Za-z0-9_]{{22,}})"), msg("a GitHub token stands here")),
    (re.compile(rf"{_OPEN}glpat-[A-Za-z0-9_-]{{20,}}"), msg("a GitLab token stands here")),
    (re.compile(rf"{_OPEN}xox[abeprs]-[A-Za-z0-9-]{{10,}}"), msg("a Slack token stands here")),
    (re.compile(rf"{_OPEN}AKIA[A-Z0-9]{{16}}{_SHUT}"), msg("the key of an AWS account stands here")),
    (re.compile(rf"{_OPEN}AIza[A-Za-z0-9_-]{{35}}{_SHUT}"), msg("a Google API key stands here")),
    (
        re.compile(
            rf"{_OPEN}(?:sk-[A-Za-z0-9]{{32,}}{_SHUT}|sk_live_[A-Za-z0-9]{{16,}}"
            r"|sk-(?=[A-Za-z0-9_-]*[A-Z])(?=[A-Za-z0-9_-]*[a-z])(?=[A-Za-z0-9_-]*[0-9])[A-Za-z0-9_-]{24,})"
        ),
        msg("a secret API key stands here"),
    ),
    (re.compile(r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----"), msg("a private key stands here")),
    (
        re.compile(rf"{_OPEN}eyJ[A-Za-z0-9_-]{{10,}}\.eyJ[A-Za-z0-9_-]{{10,}}\.[A-Za-z0-9_-]{{10,}}"),
        msg("a signed token (JWT) stands here"),
    ),
)


def _secrets(text: str) -> Iterator[tuple[Text, int]]:
    """What secrets a text holds, and where each begins; of a secret itself nothing is passed on."""
    for pattern, message in _SECRETS:
        for found in pattern.finditer(text):
            if not _is_placeholder(found.group()):
                yield message, found.start()


def _is_placeholder(text: str) -> bool:
    """Whether it only shows what such a thing looks like: XXXXXXXX, 4242 4242 4242 4242, AWS's own …EXAMPLE."""
    return _REPEATED.search(re.sub("[ -]", "", text)) is not None or text.endswith("EXAMPLE")


_REPEATED = re.compile(r"(.)\1{7}|(.{2,4})\2{3}")

# In a longer number, a code, a path or a fraction nothing of this is meant.
_BEFORE, _AFTER = r"(?<![A-Za-z0-9_.+/#-])", r"(?![A-Za-z0-9_-]|\.\d)"

_PHONE = re.compile(rf"{_BEFORE}(?:(?:\+|00)?86[ -]?)?(1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}){_AFTER}", re.ASCII)
_IDENTITY = re.compile(rf"{_BEFORE}([1-9]\d{{5}}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}[\dXx]){_AFTER}", re.ASCII)
_CARD = re.compile(rf"{_BEFORE}([3-6]\d{{3}}(?:(?:[ -]?\d{{4}}){{3}}(?:[ -]?\d{{1,3}})?|[ -]?\d{{6}}[ -]?\d{{5}})){_AFTER}", re.ASCII)
_MAIL = re.compile(
    r"(?<![A-Za-z0-9_.+/@%-])([A-Za-z0-9_.+-]{1,64})@((?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24})(?![A-Za-z0-9_-])", re.ASCII
)

# A number with one of these words before it is that of an order, which may look like anything.
_NOT_A_PERSON = re.compile(
    r"(?:单号|订单|工单|编号|流水号|运单|快递|\b(?:order|ticket|invoice|tracking|parcel|batch|sku))"
    r"(?:\s?(?:号码|号|number|no\.?|id))?\s{0,2}[:：=#]?\s{0,2}\Z",
    re.IGNORECASE,
)
_LONGEST_WORD = 24


def _personal(text: str, *, with_mail: bool) -> Iterator[tuple[Text, int]]:
    """What personal data a text holds, each cut so that it can be found and not used, and where it begins."""
    if _MANY_DIGITS.search(text):
        yield from _numbers(text)
    for found in _MAIL.finditer(text) if with_mail and "@" in text else ():
        name, domain = found.groups()
        if _is_somebody(name, domain):
            yield msg('"{cut}" is an e-mail address', cut=f"{name[:1]}****@{domain}"), found.start()


# The shortest of them, a phone number, has eleven digits.
_MANY_DIGITS = re.compile(r"(?:\d[ -]?){11}", re.ASCII)


def _numbers(text: str) -> Iterator[tuple[Text, int]]:
    for found in _PHONE.finditer(text):
        number = _digits(found.group(1))
        if _is_meant(text, found) and number not in _SAMPLE_PHONES:
            yield msg('"{cut}" is a phone number', cut=f"{number[:3]}****{number[-4:]}"), found.start()
    identities = [found for found in _IDENTITY.finditer(text) if _is_identity(found.group(1))]
    for found in identities:
        yield msg('"{cut}" is an identity number', cut=f"{found.group(1)[:4]}****{found.group(1)[-4:]}"), found.start()
    places = {found.start() for found in identities}
    for found in _CARD.finditer(text):
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
    return not _is_placeholder(found.group(1)) and _NOT_A_PERSON.search(before) is None


def _is_identity(number: str) -> bool:
    """Whether the check digit is right (GB 11643-1999, which takes ISO 7064 MOD 11-2)."""
    weights = (pow(2, 17 - place, 11) for place in range(17))
    rest = sum(weight * int(digit) for weight, digit in zip(weights, number, strict=False)) % 11
    return "10X98765432"[rest] == number[-1].upper()


def _is_card(number: str) -> bool:
    """Whether it begins as the cards of a network do and has the right sum (ISO/IEC 7812-1, annex B)."""
    if not _NETWORKS.match(number):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


# UnionPay, Visa, Mastercard, American Express, JCB; each with the lengths that it gives out.
_NETWORKS = re.compile(r"(?:62\d{14,17}|4\d{15}|5[1-5]\d{14}|3[47]\d{13}|35\d{14})\Z")


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
