"""Addresses of a file on the service where the repository lives."""

from __future__ import annotations

from urllib.parse import quote

from trueup.records.config import Repository

_EDIT = {"github": "/edit/", "gitlab": "/-/edit/", "gitea": "/_edit/", "gitee": "/edit/"}
_VIEW = {"github": "/blob/", "gitlab": "/-/blob/", "gitea": "/src/branch/", "gitee": "/blob/"}


def edit_url(repository: Repository | None, path: str) -> str:
    """Where a file is edited in a browser; ``""`` where the workspace does not say."""
    return _url(repository, _EDIT, path)


def view_url(repository: Repository | None, path: str, line: int = 0) -> str:
    """Where a file is read in a browser, at a line of it."""
    url = _url(repository, _VIEW, path)
    return f"{url}#L{line}" if url and line else url


def _url(repository: Repository | None, ways: dict[str, str], path: str) -> str:
    if repository is None:
        return ""
    whole = f"{repository.folder}/{path}" if repository.folder else path
    return repository.url + ways.get(repository.forge, ways["github"]) + quote(f"{repository.branch}/{whole}", errors="replace")
