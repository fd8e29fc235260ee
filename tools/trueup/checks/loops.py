"""TU5: loops that nobody closed: feedback without an answer, decisions without a reason or a second look, studies without findings.

What a rule needs of the views is loaded where it has something to judge: a check of a few files needs none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trueup.checks.rule import Context, rule
from trueup.diagnostic import Problem
from trueup.locale import Text, msg, msgs
from trueup.records.record import Record
from trueup.records.workspace import Workspace


@rule("TU501", "feedback-not-triaged", severity="warning")
def feedback_not_triaged(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """Feedback is still new after the days that a team gives itself to look at it."""
    new = [record for record in workspace.of_kind("feedback") if record.data.get("status") == "new"]
    if not new:
        return
    from trueup.views.feedback import entries_of

    for one in entries_of(workspace, context.today, new):
        record = workspace.record(one.address)
        if record is not None and one.is_untriaged and one.age is not None:
            message = msgs(
                'this has been "new" for {count} day, and nobody has looked at it',
                'this has been "new" for {count} days, and nobody has looked at it',
                one.age,
            )
            yield record.fields.problem("status", message, msg('say how important it is, and write "status: triaged"'))


# Whether it is owed may hang on the plan of another piece of feedback, which a check of one file does not read.
@rule("TU502", "reply-owed", severity="warning", whole=True)
def reply_owed(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """What a customer asked for was shipped or declined, and the customer has not been told."""
    today = context.today.isoformat()
    untold = [record for record in workspace.of_kind("feedback") if _is_untold(record, today)]
    if not untold:
        return
    from trueup.views.feedback import Entry, entries_of

    def said(one: Entry) -> Text:
        stage, day = one.stage or "", one.settled_on.isoformat() if one.settled_on else ""
        if one.settled_from == "received_on":
            return msg('this is "{status}", and the customer has not been told', status=stage)
        if one.duplicate_of and one.stage != one.status:
            return msg(
                '"{address}", which this repeats, is "{status}" since {day}, and the customer has not been told',
                address=one.duplicate_of, status=stage, day=day,
            )  # fmt: skip
        return msg('this is "{status}" since {day}, and the customer has not been told', status=stage, day=day)

    for one in entries_of(workspace, context.today, untold):
        record = workspace.record(one.address)
        if record is not None and one.is_owed:
            yield record.fields.problem("status", said(one), msg('tell them, and write the day as "replied_on"'))


def _is_untold(record: Record, today: str) -> bool:
    """Whether the view must say if an answer is owed: texts of days follow each other as the days do, so none needs to be read."""
    told = record.data.get("replied_on")
    return not isinstance(told, str) or told > today or record.fields.date("replied_on") is None


@rule("TU503", "decision-without-evidence", severity="warning")
def decision_without_evidence(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """An adjustment was accepted and cites nothing that it follows from."""
    for decision in _decisions(workspace, context.today, "accepted"):
        if decision.data.get("type") == "adjustment" and not decision.data.get("evidence"):
            message = msg('this is an "adjustment" that was accepted without "evidence"')
            hint = msg("name the metric, the feedback, the study, the check-in or the retrospective that it follows from")
            yield decision.fields.problem("type", message, hint)


def _decisions(workspace: Workspace, today: date, status: str) -> Iterator[Record]:
    """The decisions that have a status and that have been taken: one that is dated later has not."""
    for decision in workspace.asked_for("decision"):
        if decision.data.get("status") == status and ((day := decision.fields.date("date")) is None or day <= today):
            yield decision


@rule("TU504", "tripwire-crossed", severity="warning")
def tripwire_crossed(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """The metric that was to show whether a decision is wrong has crossed the line that was drawn for it."""
    wired = [one for one in _decisions(workspace, context.today, "accepted") if "tripwire" in one.data]
    if not wired:
        return
    from trueup.views.decisions import tripwire_of

    for decision in wired:
        wire = tripwire_of(workspace, decision, context.today)
        if wire is None or not wire.is_crossed or wire.value is None or wire.value_on is None or wire.crossed_since is None:
            continue
        is_above = wire.above is not None and wire.value > wire.above
        limit = wire.above if is_above else wire.below
        values = {
            "metric": wire.metric, "value": _written(wire.value), "day": wire.value_on.isoformat(),
            "limit": _written(limit or 0), "since": wire.crossed_since.isoformat(),
        }  # fmt: skip
        message = (
            msg('"{metric}" was {value} on {day}, and has been above {limit} since {since}', **values)
            if is_above
            else msg('"{metric}" was {value} on {day}, and has been below {limit} since {since}', **values)
        )
        hint = msg("decide again: keep it with another tripwire, or replace it by a decision that supersedes it")
        yield decision.problem(message, hint, ("tripwire", "above" if is_above else "below"))


def _written(value: float) -> str:
    """A number as people write it in a record: 40, and not 40.0."""
    return str(int(value)) if float(value).is_integer() and abs(value) < _LONGEST else str(value)


_LONGEST = 1e15


@rule("TU505", "review-overdue", severity="warning")
def review_overdue(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """The day on which a decision was to be looked at again has passed."""
    for decision in _decisions(workspace, context.today, "accepted"):
        day = decision.fields.date("review_by") if "review_by" in decision.data else None
        if day is not None and day < context.today:
            message = msgs(
                "this was to be reviewed by {day}, {count} day ago",
                "this was to be reviewed by {day}, {count} days ago",
                (context.today - day).days,
                day=day.isoformat(),
            )
            hint = msg('look at it again: set another "review_by", take it out, or write the decision that supersedes it')
            yield decision.fields.problem("review_by", message, hint)


@rule("TU506", "proposal-waiting", severity="warning")
def proposal_waiting(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A decision was proposed, and for longer than a team allows itself nobody has accepted or rejected it."""
    for decision in _decisions(workspace, context.today, "proposed"):
        day = decision.fields.date("date")
        if day is not None and (count := (context.today - day).days) > workspace.config.thresholds.proposal_days:
            message = msgs(
                'this has been "proposed" for {count} day, and nobody has decided',
                'this has been "proposed" for {count} days, and nobody has decided',
                count,
            )
            yield decision.fields.problem("status", message, msg("accept it or reject it"))


@rule("TU507", "study-without-findings", severity="warning")
def study_without_findings(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A study is done, and nobody has written down what it found."""
    for study in workspace.of_kind("study"):
        if study.data.get("status") != "done" or study.data.get("findings"):
            continue
        ended = study.fields.date("ended")
        if ended is not None and (context.today - ended).days > workspace.config.thresholds.findings_days:
            message = msg('this ended on {day}, and "findings" is empty', day=ended.isoformat())
            yield study.fields.problem("ended", message, msg("write down what was found, if only that it was nothing new"))
