"""A CODEOWNERS file, by which a forge asks for the agreement of those who answer for what a pull request changes.

GitHub: "About code owners"; GitLab: "Code Owners syntax". Patterns are those of gitignore: what they use as signs has a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from trueup.locale import translator
from trueup.records.workspace import Workspace
from trueup.views.owners import Owned

# On GitLab an account has no place in a person's record; it takes the address.
_HANDLES: Mapping[str, tuple[str, ...]] = {"github": ("github", "email"), "gitlab": ("email",)}
_ACCOUNT = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_SIGNS = re.compile(r"([\\*?\[\]!# ])")
# No pattern can name it, and what stood behind it would be a line of its own.
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

FORGES = tuple(_HANDLES)


def account(workspace: Workspace, person: str, forge: str) -> str | None:
    """How a forge knows a person: by the account, else by the address of the mail; None for a record that has neither."""
    record = workspace.record(person)
    handles = record.fields.inside("handles") if record else None
    for name in _HANDLES[forge] if handles else ():
        text = (handles.text(name) if handles else None) or ""
        if (_ADDRESS if name == "email" else _ACCOUNT).fullmatch(text):
            return text if name == "email" else f"@{text}"
    return None


def codeowners(files: Iterable[Owned], accounts: Mapping[str, str], prefix: str, language: str) -> str:
    """The lines of the file; ``prefix`` is the workspace's folder in the repository. Files whose owners have no account are left out."""
    _ = translator(language)
    head = _("Made by `trueup codeowners` from the owners, teams and deciders of the records; make it again when they change.")
    lines = [f"# {head}"]
    for file in files:
        known = [accounts[person] for person in file.people if person in accounts]
        path = prefix + file.path
        if known and not _BREAKS.search(path):
            lines.append(f"/{_SIGNS.sub(_ESCAPED, path)} {' '.join(known)}")
    return "\n".join(lines) + "\n"


_ESCAPED = r"\\\1"
