"""Secrets and personal data in records: found where they stand, never printed, and seldom where there are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter

import pytest

from conftest import Written
from trueup.checks import safety

Write = Callable[[Mapping[str, str | bytes]], Written]

# Put together here, so that no tool which looks for secrets takes one of these for one.
WORD = "aZ4kQ9wR7tB2" * 4
UUID = "4f1c9a7e-52d8-4b06-9e3a-c81d70b2f65e"


def feedback(body: str, title: str = "Cold milk") -> str:
    return f'---\ntitle: "{title}"\nreceived_on: 2026-11-10\nchannel: support\nstatus: triaged\n---\n{body}\n'


@pytest.mark.parametrize(("secret", "message"), [
    ("https://hooks.slack" + f".com/services/T0F3K9Q/B7X2/{WORD[:24]}", "the address of a Slack webhook"),
    (f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={UUID}", "the address of a WeCom webhook"),
    (f"https://open.feishu.cn/open-apis/bot/v2/hook/{UUID}", "the address of a Feishu webhook"),
    (f"https://open.larksuite.com/open-apis/bot/v2/hook/{UUID}", "the address of a Feishu webhook"),
    ("https://oapi.dingtalk.com/robot/send?access_token=" + "9c41d7e0" * 8, "the address of a DingTalk webhook"),
    (f"https://acme.webhook.office.com/webhookb2/{UUID}@{UUID}/IncomingWebhook/{WORD}", "the address of a Teams webhook"),
    ("https://logic.azure" + f".com:443/workflows/a/triggers/b?sv=1&sig={WORD[:30]}", "the address of a Teams webhook"),
    ("ghp" + f"_{WORD[:36]}", "a GitHub token"),
    ("github" + f"_pat_{WORD}", "a GitHub token"),
    ("glpat" + f"-{WORD[:20]}", "a GitLab token"),
    ("xoxb" + f"-2481632-{WORD[:20]}", "a Slack token"),
    ("AKIA" + "Q7PZ4M2XK9WB3JTN", "the key of an AWS account"),
    ("AIza" + f"{WORD[:35]}", "a Google API key"),
    ("sk" + f"-{WORD}", "a secret API key"),
    ("sk" + "-9c41d7e02b8f6a35" + "9c41d7e02b8f6a36", "a secret API key"),
    ("sk" + f"-proj-{WORD[:9]}_{WORD[10:30]}", "a secret API key"),
    ("sk" + f"_live_{WORD[:20]}", "a secret API key"),
    ("-----BEGIN RSA " + "PRIVATE KEY-----", "a private key"),
    ("-----BEGIN PGP " + "PRIVATE KEY BLOCK-----", "a private key"),
    ("eyJhbGciOiJIUzI1NiJ9" + f".eyJzdWIiOiJsaW4teXVlIn0.{WORD[:20]}", "a signed token (JWT)"),
])  # fmt: skip
def test_secret_in_record__is_found_in_bodies_and_fields_and_not_printed(workspace: Write, secret: str, message: str) -> None:
    in_list = f"title: Sync\ndate: 2026-11-02\nactions:\n  - {{id: a, text: 'Use 密钥{secret}', owner: b, due: 2026-11-30}}\n"
    written = workspace({"feedback/a.md": feedback(f"Nothing here.\nUse  {secret} for it."), "meetings/a.yaml": in_list})
    found = written.findings(rules=[safety.secret_in_record])
    assert [line.partition(" (take it out")[0] for line in found] == [
        f"feedback/a.md:8:{_column(secret)}: TU901 {message} stands here",
        f"meetings/a.yaml:4:19: TU901 {message} stands here",
    ]
    assert not any(piece in line for line in found for piece in (secret, UUID, WORD[:12]))


def _column(secret: str) -> int:
    """Where it begins; an address where its host does."""
    whole = f"Use  {secret}"
    hosts = ("hooks.slack", "qyapi.", "open.", "oapi.", "acme.", "logic.")
    return next((whole.index(host) for host in hosts if f"//{host}" in whole), 5) + 1


@pytest.mark.parametrize("text", [
    "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=KEY",
    "ghp_short, ghp_" + "x" * 36,
    "AKIAIOSFODNN7EXAMPLE",
    "sk-learn-for-beginners-in-the-evening-course, the task-" + WORD,
    "commit 9c41d7e02b8f6a359c41d7e02b8f6a359c41d7e0 and sha256:" + "9c41d7e0" * 8,
    "-----BEGIN PUBLIC KEY-----",
    "eyJ is how a token begins",
])  # fmt: skip
def test_secret_in_record__is_silent_about_what_only_looks_like_one(workspace: Write, text: str) -> None:
    assert workspace({"feedback/a.md": feedback(text)}).findings(rules=[safety.secret_in_record]) == []


@pytest.mark.parametrize(("text", "cut", "what"), [
    ("Call 13672915804 please", "136****5804", "a phone number"),
    ("电话13672915804，谢谢", "136****5804", "a phone number"),
    ("Call +86 136-7291-5804", "136****5804", "a phone number"),
    ("Call 136 7291 5804.", "136****5804", "a phone number"),
    ("身份证 11010519491231002X", "1101****002X", "an identity number"),
    ("Card 6222 0212 3456 7894", "6222****7894", "the number of a bank card"),
    ("Card 4539578763621486", "4539****1486", "the number of a bank card"),
    ("Write to zhang.wei@qq.com", "z****@qq.com", "an e-mail address"),
])  # fmt: skip
def test_personal_data__is_found_and_shown_cut(workspace: Write, text: str, cut: str, what: str) -> None:
    written = workspace({"feedback/a.md": feedback("Warm milk.", text), "feedback/b.md": feedback(text)})
    found = written.findings(rules=[safety.personal_data])
    assert [line.partition(": ")[2].partition(" (")[0] for line in found] == [f'TU902 warning: "{cut}" is {what}'] * 2
    assert found[0].startswith("feedback/a.md:2:8: ")
    assert found[1].startswith("feedback/b.md:7:")


@pytest.mark.parametrize("text", [
    "订单号13672915804", "order no. 13672915804", "Ticket #13672915804", "ORD-13672915804", "2026111013672915804", "13672915804123",
    "0.13672915804", "https://shop.cn/13672915804", "136****5804", "13800138000", "13900000000", "12672915804", "1,367,291,580",
    "from 2026-11-03 2026-11-10", "2026-11-03 14:30 100 boxes", "1763623904", "1763623904123",
    "9c41d7e02b8f6a35913672915804b8f6a359c41d", "4f1c9a7e-52d8-4b06-9e3a-136729158041",
    "110105194912310021", "11010519491331002X", "6222021234567895", "4242 4242 4242 4242", "订单 4539578763621486",
    "support@shop.cn", "no-reply@shop.cn", "git@github.com:shop/app.git", "anna@example.com", "icon@2x.png", "@lin-yue", "a@b",
    "https://user@host.cn/path", "10 @ 5.50",
])  # fmt: skip
def test_personal_data__is_silent_about_what_only_looks_like_it(workspace: Write, text: str) -> None:
    assert workspace({"feedback/a.md": feedback(text, text)}).findings(rules=[safety.personal_data]) == []


def test_personal_data__belongs_into_the_handles_of_a_person(workspace: Write) -> None:
    person = "title: Lin Yue\nteam: product\nrole: lin.yue@shop.cn\nhandles: {email: lin.yue@shop.cn, wecom: '13672915804'}\n"
    (line,) = workspace({"team/people/lin-yue.yaml": person}).findings(rules=[safety.personal_data])
    assert line.startswith('team/people/lin-yue.yaml:3:7: TU902 warning: "l****@shop.cn" is an e-mail address (')


def test_safety__finds_the_one_record_among_hundreds(workspace: Write) -> None:
    files: dict[str, str | bytes] = {f"feedback/f{number:03}.md": feedback("Nothing.") for number in range(250)}
    written = workspace(files | {"feedback/f137.md": feedback(f"ghp_{WORD[:36]} and 13672915804")})
    found = written.findings(rules=[safety.secret_in_record, safety.personal_data])
    assert [line.partition(": ")[0] for line in found] == ["feedback/f137.md:7:1", "feedback/f137.md:7:46"]


@pytest.mark.parametrize("text", [
    "qyapi.weixin.qq.com/cgi-bin/webhook/send?", "eyJaaaaaaaaaaaa.", "a.", "sk-", "a@a.", "1367-", "-----BEGIN A A ", "4 ",
])  # fmt: skip
def test_safety__takes_no_longer_for_what_nearly_matches_everywhere(workspace: Write, text: str) -> None:
    line = text * (60_000 // len(text)) + "\n"
    loaded = workspace({"feedback/a.md": feedback(line * 8 + "hook 13672915804 a@b.cn")})
    begun = perf_counter()
    assert len(loaded.findings(rules=[safety.secret_in_record, safety.personal_data])) >= 1
    assert perf_counter() - begun < 2
