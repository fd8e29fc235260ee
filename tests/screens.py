"""Takes a picture of every type of page: wide and narrow, light and dark, in both languages; what `make screens` does."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from built import built, page_types

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")


def main(target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    program = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for language in ("en", "zh"):
            with tempfile.TemporaryDirectory() as folder:
                site = built(language, Path(folder))
                for scheme in ("light", "dark"):
                    for width in (1440, 390):
                        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
                        page = context.new_page()
                        for file in page_types(site):
                            name = file.relative_to(site).with_suffix("").as_posix().replace("/", "-")
                            page.goto(file.as_uri())
                            page.screenshot(path=target / language / f"{name}-{width}-{scheme}.png", full_page=True)
                        context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
