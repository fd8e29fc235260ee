"""Addresses on the service where the repository lives: of a file to read or to edit, and of a new one with something in it."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from trueup.records.config import Repository

# GitHub, GitLab, Gitee: the patterns by which a VuePress theme links to all three (@bfehub/vuepress-theme-vmi, resolveEditLink.js);
# ":repo/edit/:branch/:path" is GitHub's in VitePress' documentation too (vitepress.dev/reference/default-theme-edit-link).
# Gitea, and Forgejo with it: its routes "/_edit/*" and "/_new/*" (github.com/go-gitea/gitea, routers/web/web.go).
_EDIT = {"github": "/edit/", "gitlab": "/-/edit/", "gitea": "/_edit/", "gitee": "/edit/"}
_VIEW = {"github": "/blob/", "gitlab": "/-/blob/", "gitea": "/src/branch/", "gitee": "/blob/"}
_COMMIT = {"github": "/commit/", "gitlab": "/-/commit/", "gitea": "/commit/", "gitee": "/commit/"}

# A new file that has a name and a content: GitHub takes ?filename=…&value=… (github.com/isaacs/github/issues/1527), and Gitea has it
# from there (github.com/go-gitea/gitea/pull/16556). GitLab does not (gitlab.com/gitlab-org/gitlab/-/issues/337038), and of Gitee
# nothing is written: an empty page in place of a record to fill in would help nobody, so there they are left out.
_NEW = {"github": "/new/", "gitea": "/_new/"}

# Servers take no longer address than about 8,000 bytes.
_LONGEST = 7_500


def edit_url(repository: Repository | None, path: str) -> str:
    """Where a file is edited in a browser; ``""`` where the workspace does not say."""
    return _url(repository, _EDIT, path)


def view_url(repository: Repository | None, path: str, line: int = 0) -> str:
    """Where a file is read in a browser, at a line of it."""
    url = _url(repository, _VIEW, path)
    return f"{url}#L{line}" if url and line else url


def commit_url(repository: Repository | None, commit: str) -> str:
    """Where a commit is read in a browser; ``""`` where the workspace does not say."""
    if repository is None:
        return ""
    return repository.url + _COMMIT.get(repository.forge, _COMMIT["github"]) + quote(commit)


def new_url(repository: Repository | None, path: str, content: str) -> str:
    """Where a file is begun in a browser with a name and a content; ``""`` where the service cannot do that."""
    if repository is None or repository.forge not in _NEW:
        return ""
    said = urlencode({"filename": _whole(repository, path), "value": content}, quote_via=quote, safe="/", errors="replace")
    url = f"{repository.url}{_NEW[repository.forge]}{quote(repository.branch)}?{said}"
    return url if len(url) <= _LONGEST else ""


def _url(repository: Repository | None, ways: dict[str, str], path: str) -> str:
    if repository is None:
        return ""
    whole = f"{repository.branch}/{_whole(repository, path)}"
    return repository.url + ways.get(repository.forge, ways["github"]) + quote(whole, errors="replace")


def _whole(repository: Repository, path: str) -> str:
    """A path of the workspace as the repository has it."""
    return f"{repository.folder}/{path}" if repository.folder else path
