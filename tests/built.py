"""The example workspaces as built sites, and one page of every type in them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from conftest import TODAY

FOLDERS = ("goals", "plans", "metrics", "feedback", "studies", "decisions", "meetings", "checkins", "retros", "team")
ENGLISH = Path(__file__).parents[1]
EXAMPLES = {"en": ENGLISH, "zh": ENGLISH / "examples" / "zh"}


def copied(language: str, root: Path) -> Path:
    """An example as a workspace of its own, with the handbook and without this project's other pages."""
    for folder in FOLDERS:
        shutil.copytree(EXAMPLES[language] / folder, root / folder)
    handbook = ENGLISH / "docs" / ("zh" if language == "zh" else "") / "handbook"
    shutil.copytree(handbook, root / "docs" / "handbook")
    (root / "trueup.yaml").write_text(f"title: Juniper Basket\nlanguage: {language}\n", encoding="utf-8")
    return root


def built(language: str, root: Path) -> Path:
    """The folder of an example's site."""
    from trueup.site.build import build

    return build(copied(language, root), strict=True, today=TODAY).parent


def page_types(site: Path) -> Iterator[Path]:
    """One page of each type: whatever stands alone, and of each folder its list and the fullest of the others."""
    folders: dict[Path, list[Path]] = {}
    # The page for addresses that lead nowhere asks for its styles from the top of a server.
    for file in sorted(set(site.rglob("*.html")) - {site / "404.html"}):
        folders.setdefault(file.parent, []).append(file)
    for folder, files in folders.items():
        first = [file for file in files if file.name == "index.html" or folder == site]
        others = [file for file in files if file not in first]
        yield from first
        if others:
            yield max(others, key=lambda file: (file.stat().st_size, file.name))
