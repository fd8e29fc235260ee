"""The catalogues say everything that the code says, and a message becomes a sentence in either language."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from trueup.locale import Label, Text, language_of, msg, msgs, shortened, translations, translator

CATALOGUES = Path(__file__).parents[1] / "tools" / "trueup" / "locale" / "zh_CN" / "LC_MESSAGES"
TOOL = Path(__file__).parents[1] / "tools" / "catalogues.py"


def translated(domain: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every message of a catalogue, in English (one and many, where it counts) and in Chinese, which has one form."""
    with (CATALOGUES / f"{domain}.po").open("rb") as file:
        for message in read_po(file, locale="zh_CN"):
            if message.id:
                english = (message.id,) if isinstance(message.id, str) else tuple(message.id)
                yield english, message.string if isinstance(message.string, str) else "".join(message.string or ())


def holes(text: str) -> set[str]:
    """What is filled in: ``{name}``, ``{name!r}``, ``%(name)s``."""
    braces = {name + (f"!{how}" if how else "") for _, name, _, how in Formatter().parse(text) if name is not None}
    return braces | set(re.findall(r"%\(\w+\)\w", text))


def test_catalogues__are_complete_and_as_new_as_the_code() -> None:
    done = subprocess.run([sys.executable, TOOL, "--check"], capture_output=True, text=True, check=False)

    assert (done.stderr, done.returncode) == ("", 0)


def test_translations__keep_every_name_that_is_filled_in() -> None:
    """A sentence about one thing may leave its number out; Chinese has one sentence for one and for many."""
    wrong = [
        english
        for english, chinese in translated("trueup")
        if holes(english[-1]) != holes(chinese) or not holes(english[0]) <= holes(chinese)
    ]

    assert wrong == []


def test_translations__of_clicks_words_fill_in_what_click_gives_for_many() -> None:
    wrong = [english for english, chinese in translated("messages") if holes(english[-1]) != holes(chinese)]

    assert wrong == []


def test_translations__end_with_a_full_stop_where_the_english_does() -> None:
    lines = [(english, chinese) for english, chinese in translated("trueup") if "\n" not in chinese]

    assert [english for english, chinese in lines if chinese.endswith("。") != english[-1].endswith(".")] == []


@pytest.mark.parametrize("domain", ["trueup", "messages"])
def test_translations__have_chinese_punctuation_outside_quotes(domain: str) -> None:
    plain = [re.sub(r'"[^"]*"|“[^”]*”', "", chinese) for _, chinese in translated(domain)]

    assert [chinese for chinese in plain if re.search(r"[一-鿿] ?[,;?!()]|[,;?!()] ?[一-鿿]", chinese)] == []


# Straight quotes belong to what is to be written with them.
WITH_STRAIGHT_QUOTES = (
    "Print the script", 'put it in quotes: "', 'write "type": "object"', 'write straight quotes: "', 'write the schema under "$defs"',
    "if you trust it: git",
)  # fmt: skip


def test_translations__quote_as_chinese_does() -> None:
    chinese = [chinese for english, chinese in translated("trueup") if not english[0].startswith(WITH_STRAIGHT_QUOTES)]

    assert [one for one in chinese if '"' in one] == []
    assert [one for one in chinese if re.search("[一-鿿] [“”]|[“”] [一-鿿]", one)] == []


def test_translations__have_no_narrow_colon_after_chinese() -> None:
    chinese = [re.sub("“[^”]*”", "", chinese) for domain in ("trueup", "messages") for _, chinese in translated(domain)]

    assert [one for one in chinese if re.search(r"[一-鿿]:|trueup：", one)] == []


@pytest.mark.parametrize(("word", "others"), [
    ("待评估", "分拣"), ("会落空", "兑现不了"), ("复核", "复查"), ("提议中", "待定|待拍板"), ("负责人自评", "负责人判断"),
    ("警戒线", "触发条件"), ("已放弃", "已取消"), ("成员", "人员"), ("网站", "站点"), ("目录", "文件夹"), ("超负荷", "任务过重"),
])  # fmt: skip
def test_words__are_the_same_for_the_same_thing(word: str, others: str) -> None:
    """One word a state, in messages and in the labels of schemas."""
    messages = "".join(chinese for _, chinese in translated("trueup"))
    labels = "".join(path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[1] / "schemas").glob("*.json")))

    assert word in messages
    assert re.findall(others, messages + labels) == []


@pytest.mark.parametrize(
    ("language", "expected"), [("en", ["0 errors", "1 error", "2 errors"]), ("zh", ["0 个错误", "1 个错误", "2 个错误"])]
)
def test_msgs__takes_the_form_of_the_number_in_either_language(language: str, expected: list[str]) -> None:
    assert [msgs("{count} error", "{count} errors", count).say(language) for count in (0, 1, 2)] == expected


def test_msgs__fills_in_other_values_beside_the_count() -> None:
    written = msgs("{count} file written in {folder}.", "{count} files written in {folder}.", 1, folder="shop")

    assert written.say("en") == "1 file written in shop."
    assert written.say("zh") == "已在 shop 写入 1 个文件。"


def test_say__is_english_where_there_is_no_such_language_or_no_translation() -> None:
    unknown = msg('no {kind} has the id "{id}"', kind=Label("person", "成员"), id="li-wie")

    assert unknown.say("fr") == str(unknown) == 'no person has the id "li-wie"'
    assert unknown.say("zh") == "没有编号为“li-wie”的成员"
    assert msg("never said anywhere: {it}", it=1).say("zh") == "never said anywhere: 1"


def test_say__dates_close_up_to_chinese_words_and_keep_their_space_as_iso() -> None:
    since = msg('this is "{status}" since {day}, and the customer has not been told', status="2026年1月1日", day="2026年10月30日")
    iso = msg('this is "{status}" since {day}, and the customer has not been told', status="shipped", day="2026-10-30")

    assert since.say("zh") == "自2026年10月30日起状态已是“2026年1月1日”，还没有告诉用户"
    assert iso.say("zh") == "自 2026-10-30 起状态已是“shipped”，还没有告诉用户"


def test_say__puts_messages_labels_and_lists_in_the_same_language() -> None:
    either = msg(
        '"{name}" must be {expected}, not {found}', name=Label("Value", "数值"), expected=(msg("a number"), msg("empty")), found=msg("text")
    )

    assert either.say("en") == '"Value" must be a number, empty, not text'
    assert either.say("zh") == "“数值”应为数字、空值，不能是文本"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_say__cuts_a_long_value_and_shows_line_breaks(language: str) -> None:
    said = msg('"{value}" is not a date', value="x" * 80 + "y").say(language)
    assert "x" * 79 + "…" in said
    assert "x" * 80 not in said

    said = msg("it has {names}", names=("a" * 200, "b\nc")).say(language)
    assert "a" * 79 + "…" in said
    assert "b⏎c" in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
        ("字" * 81, "字" * 79 + "…"),
        ("one\ntwo\n", "one⏎two⏎"),
        ("\n" * 81, "⏎" * 79 + "…"),
    ],
    ids=["empty", "80", "81", "81 Chinese", "line breaks", "81 line breaks"],
)
def test_shortened__is_one_line_of_80_characters_at_most(text: str, expected: str) -> None:
    assert shortened(text) == expected


def test_say__does_not_read_a_value_as_a_template() -> None:
    assert msg('"{value}" is not a date', value="{value} {0} %s").say("zh") == "“{value} {0} %s”不是日期"


def test_translator__gives_the_strings_of_the_interface() -> None:
    assert translator("zh")("Findings") == "检查结果"
    assert translator("en")("Findings") == translator("de")("Findings") == "Findings"
    assert translations("zh") is translations("zh")


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ((), "en"),
        ((None, ""), "en"),
        (("zh",), "zh"),
        (("ZH",), "zh"),
        (("zh_CN.UTF-8",), "zh"),
        (("zh-Hans-CN",), "zh"),
        (("zh.UTF-8",), "zh"),
        (("en_GB.UTF-8", "zh"), "en"),
        ((None, "zh", "en"), "zh"),
        (("de_DE.UTF-8", "zh_CN"), "zh"),
        (("C.UTF-8",), "en"),
        (("zhuang", "enm"), "en"),
    ],
)
def test_language_of__is_the_first_wish_that_can_be_met(wishes: tuple[str | None, ...], expected: str) -> None:
    assert language_of(*wishes) == expected


def test_label__is_said_in_either_language() -> None:
    label = Label("Goal", "目标")

    assert (label.say("en"), label.say("zh"), label.say("fr")) == ("Goal", "目标", "Goal")


def test_str__of_a_message_is_its_english() -> None:
    assert str(Text("{count} error", (("count", 2),), "{count} errors")) == "2 errors"
