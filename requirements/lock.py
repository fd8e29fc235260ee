"""Pins everything that trueup is developed with, with hashes, for every platform that the wheels are made for.

Writes site.txt (what a user of the site needs, and what builds the package), dev.txt (the tests and checks) and fuzz.txt.
Needs pip-tools: it is installed into the running environment.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SOURCES = {"site.txt": ["site.in"], "dev.txt": ["dev.in"], "fuzz.txt": ["fuzz.in"]}


def main() -> None:
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "pip-tools>=7.5"], check=True)
    for target, sources in SOURCES.items():
        command = [
            sys.executable, "-m", "piptools", "compile", "--quiet", "--generate-hashes", "--allow-unsafe", "--strip-extras",
            "--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links", "--no-header", "--no-annotate",
            "--output-file", target, *sources,
        ]  # fmt: skip
        subprocess.run(command, check=True, cwd=HERE)  # noqa: S603


if __name__ == "__main__":
    main()
