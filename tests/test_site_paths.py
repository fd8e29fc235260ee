"""Where pages lie, and the links between them."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Mapping
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Written
from trueup.site.paths import UrlStyle, base_of, file_of, heading_anchor, list_of, paths_of, relative_path, url_of

Write = Callable[[Mapping[str, str | bytes]], Written]

ODD = json.dumps(
    {"type": "object", "x-kind": {"name": "odd", "files": ["odd/*.yaml"], "id": "id"}, "properties": {"id": {"type": "string"}}}
)


def pages_of_ids(workspace: Write, ids: list[str]) -> list[str]:
    """The pages of records with these ids, in their order; the files are plain, only the ids are odd."""
    files = {f"odd/{number:04}.yaml": f"id: {json.dumps(name)}\n" for number, name in enumerate(ids)}
    loaded = workspace({"schemas/odd.schema.json": ODD, **files}).load()
    paths = paths_of(loaded)
    return [paths.of(record) for record in loaded.of_kind("odd")]


def test_paths_of__keeps_an_id_that_can_be_a_file_name(workspace: Write) -> None:
    assert pages_of_ids(workspace, ["2026-q4", "CIP-0001", "v1.2_x", "目标一"]) == [
        "odd/2026-q4.md", "odd/CIP-0001.md", "odd/v1.2_x.md", "odd/目标一.md",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("../../x", "odd/x.md"),
        ("/etc/passwd", "odd/etc-passwd.md"),
        ("-rf", "odd/rf.md"),
        ("con", "odd/con_.md"),
        ("aux.txt", "odd/aux.txt_.md"),
        ("a:b", "odd/a-b.md"),
        ("x.", "odd/x.md"),
        ("index", "odd/index_.md"),
        ("README", "odd/README_.md"),
        ("...", "odd/record.md"),
        ('"><script>', "odd/script.md"),
        ("x" * 300, f"odd/{'x' * 100}.md"),
        ("目" * 100, f"odd/{'目' * 33}.md"),
    ],
)
def test_paths_of__finds_a_safe_name_for_an_id_that_cannot_be_one(workspace: Write, name: str, page: str) -> None:
    assert pages_of_ids(workspace, [name]) == [page]


def test_paths_of__tells_ids_apart_that_would_get_the_same_name(workspace: Write) -> None:
    first, second, third, plain = pages_of_ids(workspace, ["a:b", "a/b", "A-B", "a-b"])
    assert plain == "odd/a-b.md" or third == "odd/A-B.md"
    assert len({one.casefold() for one in (first, second, third, plain)}) == 4


def test_paths_of__lets_a_plain_id_keep_its_name_before_one_that_has_to_change(workspace: Write) -> None:
    # On Windows and macOS the page of "a/b" would be written over that of "A-B".
    changed, plain = pages_of_ids(workspace, ["a/b", "A-B"])
    assert plain == "odd/A-B.md"
    assert changed.startswith("odd/a-b_")


def test_paths_of__cuts_a_long_id_where_its_end_is_still_a_name(workspace: Write) -> None:
    assert pages_of_ids(workspace, ["x" * 99 + ".md"]) == [f"odd/{'x' * 99}.md"]


def test_paths_of__gives_each_of_two_files_with_one_id_a_page(workspace: Write) -> None:
    goal = "---\ntitle: x\nperiod: 2026-Q4\nstatus: active\n---\n"
    loaded = workspace({"goals/a.md": goal, "goals/2026/a.md": goal}).load()
    paths = paths_of(loaded)
    pages = [paths.of(record) for record in loaded.of_kind("goal")]
    assert len(set(pages)) == 2
    assert paths.by_address["goal/a"] == pages[0]


def test_paths_of__gives_a_file_that_cannot_be_read_a_page(workspace: Write) -> None:
    loaded = workspace({"goals/a.md": "---\ntitle: [\n---\n", "goals/b.md": "nothing"}).load()
    assert [one.page for one in paths_of(loaded).broken.values()] == ["goal/a.md", "goal/b.md"]


def test_paths_of__keeps_kinds_out_of_the_folders_of_the_site() -> None:
    assert [list_of(kind) for kind in ("goal", "manual", "assets", "con")] == [
        "goal/index.md", "kind-manual/index.md", "kind-assets/index.md", "kind-con/index.md",
    ]  # fmt: skip


@given(
    st.lists(
        st.text(min_size=1, max_size=30) | st.sampled_from(["a", "A", "a/", "a-", "con", "index", ".", "x" * 200]), unique=True, max_size=12
    )
)
def test_paths_of__never_leaves_its_folder_and_never_uses_a_name_twice(ids: list[str]) -> None:
    from trueup.site.paths import _pages

    pages = list(_pages("goal", [(f"goals/{number}.md", (), name) for number, name in enumerate(ids)]))
    assert len({page.casefold() for page in pages}) == len(ids)
    for page in pages:
        assert posixpath.normpath(page) == page
        assert posixpath.dirname(page) == "goal"
        assert len(page.encode(errors="replace")) <= 140
        assert not set(posixpath.basename(page)) & set('<>:"/\\|?*\n\r\t\x00 ')
        assert posixpath.basename(page)[0] not in ".-"
        assert page.casefold() not in ("goal/index.md", "goal/readme.md")


URL_STYLES: tuple[UrlStyle, ...] = ("file", "directory", "index")


@pytest.mark.parametrize("urls", URL_STYLES)
@pytest.mark.parametrize("target", ["index.md", "goal/index.md", "goal/目标.md", "manual/kinds/goal.md"])
@pytest.mark.parametrize("source", ["index.md", "findings.md", "goal/x.md", "goal/index.md", "manual/kinds/goal.md"])
def test_url_of__leads_from_every_page_to_every_other(urls: UrlStyle, source: str, target: str) -> None:
    def place(path: str) -> str:
        """The address at which a generator puts a page."""
        stem = file_of(path, urls).removesuffix(".md")
        if urls == "directory":
            return "/" + (stem.removesuffix("index") if stem.endswith("index") else stem + "/")
        return f"/{stem}.html"

    found = posixpath.join(posixpath.dirname(place(source)), base_of(source, urls) + url_of(target, urls))
    assert posixpath.normpath(unquote(found)) == posixpath.normpath(place(target))


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("x.md", "plans/x.md"),
        ("../goals/y.md", "goals/y.md"),
        ("/docs/z.md", "docs/z.md"),
        ("./a/../b.md", "plans/b.md"),
        ("../../etc", None),
    ],
)
def test_relative_path__stays_in_the_workspace(target: str, found: str | None) -> None:
    assert relative_path("plans/here.md", target) == found


def test_heading_anchor__is_another_one_each_time() -> None:
    taken: dict[str, int] = {}
    assert [heading_anchor(title, taken) for title in ("What we do?", "What we do", "目标", "__config")] == [
        "h-what-we-do", "h-what-we-do-2", "h-目标", "h-__config",
    ]  # fmt: skip


def test_heading_anchor__counts_past_a_heading_that_looks_like_a_counted_one() -> None:
    taken: dict[str, int] = {}
    assert [heading_anchor(title, taken) for title in ("a", "a-2", "a", "a", "a-2")] == ["h-a", "h-a-2", "h-a-3", "h-a-4", "h-a-2-2"]
