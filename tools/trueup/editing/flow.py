"""Values as people write them in YAML, on one line."""

from __future__ import annotations

import json
import re
from typing import Any

# Letters first, and nothing that could mean something elsewhere: stricter than YAML.
_PLAIN = re.compile(r"[A-Za-z\u3400-\u9fff](?:[\w /.%()\-\u3000-\u303f\uff00-\uffef\u2019-]*[\w.%)\u3000-\u303f\uff00-\uffef])?")
_DATED = re.compile(r"\d{4}-(?:\d{2}-\d{2}|[0-9-]*[A-Za-z][A-Za-z0-9-]*)")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def flow(value: Any) -> str:
    """A value as YAML on one line; what other readers of YAML could take for something else is quoted."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(name)}: {flow(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str) and (_DATED.fullmatch(value) or (_PLAIN.fullmatch(value) and value.lower() not in _WORDS)):
        return value
    return json.dumps(value, ensure_ascii=False)
