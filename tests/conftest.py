"""What all tests share: ``--bless``."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="Write down what is printed now as what must be printed.")
