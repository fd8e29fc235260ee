"""`.e5` and `-e5` looked like numbers to the reader and were none to Python: a record with one ended in a traceback."""

from __future__ import annotations

import pytest

from trueup.records.source import read_source


@pytest.mark.parametrize("text", [".e5", "-e5", "+.e3", "-.E-1"])
def test_read_source__an_exponent_without_digits_is_text(text: str) -> None:
    source = read_source("a.yaml", f"a: {text}\n".encode())
    assert (source.data, source.faults) == ({"a": text}, ())


def test_read_source__the_smallest_number_of_64_bits_is_one() -> None:
    assert read_source("a.yaml", b"a: -9223372036854775808\n").data == {"a": -(2**63)}
