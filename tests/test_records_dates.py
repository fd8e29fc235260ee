"""The one form of a day, for schemas and for what reads the values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trueup.records.dates import date_of
from trueup.records.validate import Gate


@pytest.mark.parametrize("value", ["2026-11-20", "0001-01-01", "9999-12-31"])
def test_date_of(value: str) -> None:
    found = date_of(value)
    assert found is not None
    assert found.isoformat() == value


@pytest.mark.parametrize(
    "value", ["2026-02-30", "20261120", "2026-W47-5", "0000-01-01", "２０２６-11-20", "2026-11-2x", "", None, 20261120, "2026-11-20T00"]
)
def test_date_of__what_is_none(value: object) -> None:
    assert date_of(value) is None


def test_gate__a_year_that_the_calendar_has_not_is_a_finding() -> None:
    (found,) = Gate({"properties": {"due": {"type": "string", "format": "date"}}}).mismatches({"due": "0000-01-01"})
    assert (found.rule, str(found.message)) == ("bad-date", 'there is no day "0000-01-01" in the calendar')
    assert str(found.hint) == "correct the year"


TEXTS = st.one_of(
    st.text(max_size=12),
    st.dates().map(str),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True),
    st.from_regex(r"000[01]-(0[1-9]|1[0-2])-[0-3][0-9]", fullmatch=True),
)


@given(TEXTS)
def test_gate__takes_for_a_date_what_is_read_as_one(text: str) -> None:
    assert Gate({"format": "date"}).accepts(text) == (date_of(text) is not None)
