"""Whether trigger rules can be meant: against themselves, the plan, the kinds of cycle and the people."""

from collections.abc import Collection, Iterable, Mapping

from rules.outside.conditions import ATTRIBUTES, NUMBERED
from rules.outside.filling import names_in, stray_brace
from schemas.outside import Condition, TriggerRule
from schemas.people import SIDE, Person, Role
from schemas.plans import Plan

MOST_RULES = 200
MOST_WAIT = 120
"""Working days that a rule may let pass before a cycle opens, and again before its session."""
TELLS = ("officer", *sorted(role.value for role in Role if SIDE[role] == "opcc"))
"""Whom a rule may let be told: the cycle's own officer, or a role of the office."""


def faults(
    rules: Iterable[TriggerRule],
    plan: Plan | None,
    kinds: Collection[str],
    people: Mapping[str, Person],
    sources: Collection[str],
) -> list[tuple[str, str, str]]:
    """Everything in some rules that cannot be meant: the rule, the field, and what to write; empty if sound.

    Source: local.outside
    """
    found: list[tuple[str, str, str]] = []
    seen: set[str] = set()
    for one in rules:
        if one.id in seen:
            found.append((one.id, "id", "a rule of this id stands above; give this one another"))
        seen.add(one.id)
        found += [(one.id, *wrong) for wrong in _faults(one, plan, kinds, people, sources)]
    return found


def _faults(
    rule: TriggerRule,
    plan: Plan | None,
    kinds: Collection[str],
    people: Mapping[str, Person],
    sources: Collection[str],
) -> Iterable[tuple[str, str]]:
    yield from (("when", wrong) for one in rule.every if (wrong := _condition(one)))
    if rule.source not in sources:
        yield (
            "source",
            f"{rule.source} is not in the register of sources; write an id of reference/sources.yaml",
        )
    yield from _about(rule, plan)
    if rule.makes and rule.makes.cycle_kind not in kinds:
        yield "kind", f"there is no kind of cycle {rule.makes.cycle_kind}; write one of: {', '.join(kinds)}"
    yield from _opening(rule, people)
    yield from (
        ("tell", f"{one} cannot be told; write one of: {', '.join(TELLS)}")
        for one in (rule.feeds.tell if rule.feeds else ())
        if one not in TELLS
    )


def _condition(one: Condition) -> str | None:
    if one.op in NUMBERED and (isinstance(one.value, bool) or not isinstance(one.value, int | float)):
        return f"{one.field}, {one.op}: write a number"
    if one.op == "present" and not isinstance(one.value, bool):
        return f"{one.field}, present: write yes or no"
    return None


def _about(rule: TriggerRule, plan: Plan | None) -> Iterable[tuple[str, str]]:
    """What is wrong with the theme, the commitments and the templates."""
    made, fed = rule.makes, rule.feeds
    theme = made.theme if made else fed.theme if fed else None
    commitments = made.commitments if made else fed.commitments if fed else ()
    words = {"title": made.title, "question": made.question} if made else {}
    for field, one in {**words, "theme": theme or "", "commitments": " ".join(commitments)}.items():
        if stray_brace(one):
            names = ", ".join(ATTRIBUTES)
            yield field, f"write a field of the event in braces, such as {{title}}, or one of {names}"
    if plan is None:
        return
    themes = [one.id for one in plan.objectives]
    if theme and not names_in(theme) and theme not in themes:
        yield "theme", f"{plan.title} has no theme {theme}; write one of: {', '.join(themes)}"
    known = plan.commitments()
    if unknown := [one for one in commitments if not names_in(one) and one not in known]:
        yield "commitments", f"{plan.title} has no commitment {', '.join(unknown)}; choose from the plan"


def _opening(rule: TriggerRule, people: Mapping[str, Person]) -> Iterable[tuple[str, str]]:
    if rule.opens is None:
        return
    officer = people.get(rule.opens.officer)
    if people and (officer is None or officer.role != Role.POLICY_OFFICER):
        yield "officer", f"{rule.opens.officer} is no policy officer here; write the id of one"
    for field, days in (("opens_after", rule.opens.opens_after), ("session_after", rule.opens.session_after)):
        if days is not None and days > MOST_WAIT:
            yield field, f"write a number of working days up to {MOST_WAIT}"
    if rule.opens.session_after == 0:
        yield "session_after", "the session would be on the day of the opening; write 1 or more"
