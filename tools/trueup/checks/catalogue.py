"""Every rule there is, in the order of their codes."""

from __future__ import annotations

from trueup.checks import alignment, deadlines, references, schema, text, time
from trueup.checks.rule import Rule

RULES: tuple[Rule, ...] = (
    text.unreadable_file,
    text.not_utf_8,
    text.forbidden_character,
    text.too_large,
    text.merge_conflict,
    text.yaml_syntax,
    text.duplicate_key,
    text.forbidden_yaml,
    text.number_out_of_range,
    text.no_front_matter,
    text.not_a_mapping,
    text.not_a_file,
    text.colliding_name,
    text.unportable_name,
    text.stray_file,
    text.invalid_id,
    text.bad_series,
    text.invalid_configuration,
    text.invalid_schema,
    text.cut_value,
    text.idle_pattern,
    schema.missing_field,
    schema.unknown_field,
    schema.wrong_type,
    schema.value_not_allowed,
    schema.bad_date,
    schema.bad_format,
    schema.out_of_range,
    schema.repeated_value,
    schema.schema_mismatch,
    schema.missing_section,
    schema.wrong_body,
    schema.repeated_part,
    schema.repeated_unique_value,
    schema.stale_silence,
    references.unknown_reference,
    references.wrong_kind,
    references.unknown_part,
    references.reference_cycle,
    references.dead_link,
    references.reused_id,
    references.unknown_key_result,
    references.present_and_absent,
    time.ends_before_start,
    time.task_outside_plan,
    time.dependency_order,
    time.peg_without_date,
    time.unknown_time_zone,
    time.offset_without_peg,
    time.broken_peg,
    deadlines.overdue,
    deadlines.done_without_date,
    deadlines.date_without_done,
    deadlines.done_in_the_future,
    deadlines.date_in_the_future,
    deadlines.over_allocated,
    deadlines.unknown_country,
    alignment.goal_without_operations_owner,
    alignment.goal_without_product_owner,
    alignment.goal_without_plan,
    alignment.key_result_without_data,
    alignment.plan_without_goal,
    alignment.launch_without_operations,
    alignment.goal_not_agreed,
    alignment.owner_has_left,
    alignment.target_equals_baseline,
)

CODES: dict[str, str] = {rule.code: rule.name for rule in RULES}


def rule_of(name: str) -> Rule | None:
    """The rule of a code or a name, upper and lower case not counted."""
    return next((rule for rule in RULES if name.upper() == rule.code or name.lower() == rule.name), None)
