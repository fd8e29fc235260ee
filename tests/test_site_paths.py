"""Where pages lie, and the links between them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests_support import Written  # type: ignore[import-not-found]
