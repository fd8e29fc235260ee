"""views/tables: the records as an SQL database that can be asked and not changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from conftest import FAULTS
from trueup.checks.runner import check
from trueup.records.tree import WorkingTree
from trueup.records.workspace import Workspace, load
from trueup.views.tables import BadQuestion, Rows, ask, with_lists


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    files = {
        "trueup.yaml": "",
        "team/teams/operations.yaml": "title: Operations\nfunction: operations\n",
        "team/people/li-wei.yaml": "title: 李薇\nteam: operations\n",
        "plans/evening.md": "---\ntitle: Evening slots\nteam: operations\nstatus: active\nowner: li-wei\ntasks:\n"
        "  - {id: routes, title: Plan the routes}\n  - {id: riders, title: Find riders, depends_on: [routes]}\n---\nBody\n",
        "metrics/orders.yaml": "title: Orders\nunit: orders\ndirection: up\n",
        "metrics/orders.csv": "date,value,note\n2026-11-02,120,\n2026-11-09,131.5,rain\n",
        "goals/broken.md": "---\ntitle: [\n---\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return load(WorkingTree(tmp_path))


def test_ask__gives_fields_as_columns(shop: Workspace) -> None:
    answer = ask(shop, [], "SELECT id, title, owner, path, line FROM plan")
    assert answer.columns == ("id", "title", "owner", "path", "line")
    assert answer.rows == (("evening", "Evening slots", "li-wei", "plans/evening.md", 1),)


def test_ask__gives_lists_as_json(shop: Workspace) -> None:
    assert ask(shop, [], "SELECT json_array_length(tasks) FROM plan").rows == ((2,),)


def test_ask__gives_parts_a_table_of_their_own(shop: Workspace) -> None:
    answer = ask(shop, [], "SELECT plan, id, depends_on FROM plan_tasks ORDER BY id")
    assert answer.rows == (("evening", "riders", '["routes"]'), ("evening", "routes", None))


def test_ask__knows_references_and_where_they_stand(shop: Workspace) -> None:
    answer = ask(shop, [], "SELECT source, field, target_kind, target, part, state, line FROM reference ORDER BY source_kind, field")
    assert ("li-wei", "team", "team", "operations", "", "found", 2) in answer.rows
    assert ("evening", "tasks.depends_on", "plan", "evening", "routes", "found", 8) in answer.rows


def test_ask__knows_series_and_findings(shop: Workspace) -> None:
    found = check(shop, date(2026, 11, 20), FAULTS)
    assert ask(shop, found, "SELECT sum(value) FROM point WHERE metric = 'orders'").rows == ((251.5,),)
    assert ask(shop, found, "SELECT code, path FROM finding").rows == (("TU006", "goals/broken.md"),)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM plan",
        "UPDATE plan SET title = 'x'",
        "CREATE TABLE x (a)",
        "ATTACH DATABASE '/tmp/x.db' AS x",
        "PRAGMA writable_schema = 1",
        "SELECT load_extension('x')",
        "VACUUM INTO '/tmp/x.db'",
        "SELECT 1; SELECT 2",
        "SELEKT 1",
        "",
        "SELECT nothing FROM plan",
    ],
)
def test_ask__refuses_all_but_one_question(shop: Workspace, sql: str) -> None:
    with pytest.raises(BadQuestion):
        ask(shop, [], sql)


def test_ask__stops_a_question_without_end(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trueup.views.tables._LONGEST_SECONDS", 0.2)
    with pytest.raises(BadQuestion, match="took longer than"):
        ask(shop, [], "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n")


def test_ask__takes_any_name_of_a_field(tmp_path: Path) -> None:
    (tmp_path / "trueup.yaml").write_text("")
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "note.schema.json").write_text(
        '{"x-kind": {"name": "note", "files": ["notes/*.yaml"]}, "type": "object",'
        ' "properties": {"Solution To": {}, "a\\"b": {}, "ID": {}}}'
    )
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "one.yaml").write_text("Solution To: x\n'a\"b': 2\nID: seven\n")
    workspace = load(WorkingTree(tmp_path))
    assert workspace.faults == ()
    assert ask(workspace, [], 'SELECT id, "Solution To", "a""b" FROM note').rows == (("one", "x", 2),)


@pytest.mark.parametrize(
    ("sql", "hint"),
    [
        ("SELECT * FROM plan WHERE status = active", "put text in single quotes: status = 'active'"),
        ("SELECT * FROM plans", 'did you mean "plan"?'),
        ("SELECT * FROM 计划", 'did you mean "plan"?'),
        ("SELECT * FROM plan_task", 'did you mean "plan_tasks"?'),
        ("SELECT ownr FROM plan", 'did you mean "owner"?'),
    ],
)
def test_ask__says_what_was_probably_meant(shop: Workspace, sql: str, hint: str) -> None:
    with pytest.raises(BadQuestion) as caught:
        ask(shop, [], sql)
    assert hint in caught.value.say("en")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT * FROM shops", 'there is no table "shops" (the tables are goal, plan, metric'),
        ("SELECT xyz FROM plan", 'there is no column "xyz" (the columns here are id, title, team'),
        ("SELECT foo(1)", 'there is no function "foo"'),
        ("SELECT id FROM plan, team", 'more than one of the tables has a column "id" (write the table before it, as "goal.id")'),
        ("SELEKT 1", 'this is not SQL near "SELEKT" (look for'),
        ("SELECT id FROM plan WHERE", "the question ends too early (look for"),
        ("SELECT 'a", '"\'a" cannot be read (look for a quote that is not closed)'),
        ("DELETE FROM plan", "this is not a question; write a SELECT"),
        ("", "this is not a question; write a SELECT"),
        ("SELECT 1; SELECT 2", "only one question can be asked at a time (write one SELECT)"),
        ("SELECT load_extension('x')", 'the function "load_extension" cannot be used here'),
        ("SELECT substr()", "substr() takes another number of values"),
        ("SELECT count(*) FROM plan WHERE count(*) > 1", 'count() cannot stand here (to choose by it, write "HAVING"'),
        ("SELECT id FROM plan UNION SELECT 1, 2", 'the questions on both sides of "UNION" have different numbers of columns'),
        ("SELECT json_extract('{', '$')", "a value that is asked as JSON is none"),
        ("SELECT ?", "a value is missing in the question (write it"),
        ("SELECT '\udcff'", "the question is not UTF-8"),
        ("SELECT abs(-9223372036854775808)", 'SQLite says "integer overflow"'),
    ],
)
def test_ask__says_in_our_words_what_is_wrong(shop: Workspace, sql: str, said: str) -> None:
    with pytest.raises(BadQuestion) as caught:
        ask(shop, [], sql)
    assert caught.value.say("en").lower().startswith(said.lower())


def test_with_lists__gives_lists_as_lists_under_any_name(shop: Workspace) -> None:
    answer = with_lists(ask(shop, [], "SELECT id AS i, depends_on AS d, plan FROM plan_tasks ORDER BY id"), shop)
    assert answer == Rows(("i", "d", "plan"), (("riders", ["routes"], "evening"), ("routes", None, "evening")))
    ((tasks,),) = with_lists(ask(shop, [], "SELECT tasks FROM plan"), shop).rows
    assert [task["id"] for task in tasks] == ["routes", "riders"]


def test_with_lists__leaves_a_text_that_looks_like_a_list(tmp_path: Path) -> None:
    (tmp_path / "trueup.yaml").write_text("")
    (tmp_path / "goals").mkdir()
    (tmp_path / "goals" / "a.yaml").write_text("title: '[\"x\"]'\nperiod: 2026-Q4\nstatus: active\ntags: [x, y]\nuser_needs: [x]\n")
    workspace = load(WorkingTree(tmp_path))
    answer = ask(workspace, [], "SELECT title, tags FROM goal")
    assert with_lists(answer, workspace).rows == (('["x"]', ["x", "y"]),)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM plan RETURNING id", "INSERT INTO plan (id) VALUES ('x') RETURNING id", "UPDATE plan SET id = 'x' RETURNING id",
        "PRAGMA table_info(plan)", "SELECT zeroblob(9)", "SELECT randomblob(9)",
    ],
)  # fmt: skip
def test_ask__refuses_by_right_and_not_by_chance(shop: Workspace, sql: str) -> None:
    with pytest.raises(BadQuestion, match=r"write a SELECT|cannot be used here"):
        ask(shop, [], sql)


def test_ask__attaches_no_file(shop: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadQuestion, match="write a SELECT"):
        ask(shop, [], f"ATTACH DATABASE '{tmp_path}/x.db' AS x")
    assert not (tmp_path / "x.db").exists()


def test_ask__says_where_an_answer_is_cut(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trueup.views.tables._MOST_ROWS", 1)
    assert ask(shop, [], "SELECT id FROM plan_tasks").is_cut
    assert not ask(shop, [], "SELECT id FROM plan").is_cut


def test_ask__fields_called_like_our_columns_keep_their_values(tmp_path: Path) -> None:
    (tmp_path / "trueup.yaml").write_text("")
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas/note.schema.json").write_text(
        '{"x-kind": {"name": "note", "files": ["notes/*.yaml"]}, "properties": {"Path": {}, "line": {}}}'
    )
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/one.yaml").write_text("Path: a way\nline: 7\n")
    answer = ask(load(WorkingTree(tmp_path)), [], "SELECT path, line, record_path, record_line FROM note")
    assert answer.rows == (("a way", 7, "notes/one.yaml", 1),)
