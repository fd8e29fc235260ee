"""Writes a file whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(target: Path, content: bytes) -> None:
    """Puts ``content`` in the place of whatever ``target`` is now; a link is replaced and not followed. Raises OSError."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        # Nobody else's file, and no link, may be in the place of the part.
        with part.open("xb") as file:
            file.write(content)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
