"""What the rules make of an event: the first one that applies, in the order of their file, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rules.clocks import instant
from rules.deciding.moment import Moment
from rules.outside.conditions import fails, fields_of, said
from rules.outside.filling import Unfilled, filled, filled_cycle, filled_list
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from schemas.outside import MadeCycle, OutsideEvent, Taken, Told, TriggerEdition, TriggerRule, Value
from schemas.people import Person, Role
from schemas.plans import Plan

MOST_SAID = 3000
"""Letters of a line; there may be many rules for one kind of event."""
MOST_COMMITMENTS = 30
LATER = "A later rule would apply too; the first in the file decides."


@dataclass(frozen=True)
class Situation:
    """What rules are asked against: the plan, the people, the cycles under way, and the moment.

    Source: local.outside
    """

    plan: Plan | None
    people: Mapping[str, Person]
    under_way: tuple[Cycle, ...]
    moment: Moment


class _NotSo(Exception):  # noqa: N818 - what is raised is the reason
    """A rule does not apply; the message says why."""


def taken(event: OutsideEvent, edition: TriggerEdition, now: Situation) -> Taken:
    """What follows from an event, by the first rule that applies; where none does, why each did not.

    Source: local.outside
    """
    ours = [one for one in edition.rules if one.type == event.type]
    if not ours:
        because = f"Nothing follows: there is no rule for {event.type}."
        return Taken(outcome="nothing", rules_edition=edition.name, because=because)
    fields = fields_of(event)
    reasons: list[str] = []
    for place, rule in enumerate(ours):
        try:
            found = _followed(rule, fields, edition, now)
        except _NotSo as why:
            reasons.append(f'"{rule.title}" does not apply: {why}.')
            continue
        said_later = [LATER] if any(_all_met(one, fields) for one in ours[place + 1 :]) else []
        because = _cut(" ".join((found.because, *said_later, *reasons)))
        return found.model_copy(update={"because": because})
    because = _cut(" ".join(("Nothing follows.", *reasons)))
    return Taken(outcome="nothing", rules_edition=edition.name, because=because)


def not_carried_out(decision: Taken, refused: Refused) -> Taken:
    """What follows instead where the programme refused a decision: an officer sees it, or nothing, and why.

    Source: local.outside
    """
    said_first = f"What the rule had said: {decision.because}"
    if decision.outcome == "opens" and decision.makes:
        because = f"The cycle was to open by itself and could not: {refused.message} It waits for an officer."
        changes: dict[str, object] = {"outcome": "proposed", "opens_on": None, "session_at": None}
    else:
        because = f"Nothing follows: the programme refused it. {refused.message}"
        changes = {"outcome": "nothing", "makes": None, "told": ()}
    return decision.model_copy(update={**changes, "because": _cut(f"{because} {said_first}")})


def _followed(
    rule: TriggerRule, fields: Mapping[str, Value], edition: TriggerEdition, now: Situation
) -> Taken:
    if why := next((why for one in rule.every if (why := fails(one, fields))), None):
        raise _NotSo(why)
    because = f'The rule "{rule.title}" applies: {rule.why}'
    made = Taken(outcome="noted", rule=rule.id, rules_edition=edition.name, because=because)
    try:
        return made.model_copy(update=_DOES[rule.then](rule, fields, now))
    except Unfilled as missing:
        raise _NotSo(str(missing)) from None


def _all_met(rule: TriggerRule, fields: Mapping[str, Value]) -> bool:
    return all(fails(one, fields) is None for one in rule.every)


def _propose(rule: TriggerRule, fields: Mapping[str, Value], now: Situation) -> dict[str, object]:
    return {"outcome": "proposed", "makes": _made(rule, fields, now)}


def _open(rule: TriggerRule, fields: Mapping[str, Value], now: Situation) -> dict[str, object]:
    if rule.opens is None:
        raise _NotSo("it does not say how the cycle is opened")
    officer = now.people.get(rule.opens.officer)
    if officer is None or Role.POLICY_OFFICER not in officer.roles_on(now.moment.today):
        raise _NotSo(f"{rule.opens.officer} is no policy officer today, so nobody would run the cycle")
    on = _counted(now.moment.today, rule.opens.opens_after, now)
    held: datetime | None = None
    if rule.opens.session_after is not None:
        held = instant(_counted(on, rule.opens.session_after, now), rule.opens.session_hour)
    made = _made(rule, fields, now)
    return {"outcome": "opens", "makes": made, "officer": officer.id, "opens_on": on, "session_at": held}


def _feed(rule: TriggerRule, fields: Mapping[str, Value], now: Situation) -> dict[str, object]:
    if rule.feeds is None:
        raise _NotSo("it does not say which cycles are told")
    about = set(filled_list(rule.feeds.commitments, fields))
    theme = filled(rule.feeds.theme, fields) if rule.feeds.theme else None
    if rule.feeds.shares == "commitments":
        found = [one for one in now.under_way if about & set(one.commitments)]
        shared = said(tuple(sorted(about)))
    else:
        found = [one for one in now.under_way if one.theme == theme]
        shared = f"the theme {theme}"
    if not found:
        raise _NotSo(f"no cycle under way is about {shared}")
    found.sort(key=lambda one: (-len(about & set(one.commitments)), one.reference))
    return {"outcome": "fed", "told": tuple(_told(one, rule.feeds.tell) for one in found)}


def _note(_rule: TriggerRule, _fields: Mapping[str, Value], _now: Situation) -> dict[str, object]:
    return {"outcome": "noted"}


_DOES = {"propose": _propose, "open": _open, "feed": _feed, "note": _note}


def _made(rule: TriggerRule, fields: Mapping[str, Value], now: Situation) -> MadeCycle:
    if rule.makes is None:
        raise _NotSo("it does not say what the cycle is about")
    if now.plan is None:
        raise _NotSo("no police and crime plan is imported")
    made = filled_cycle(rule.makes, fields)
    themes = [one.id for one in now.plan.objectives]
    if made.theme not in themes:
        raise _NotSo(f"the plan has no theme {said(made.theme)}")
    if len(made.commitments) > MOST_COMMITMENTS:
        raise _NotSo(
            f"it names {len(made.commitments)} commitments, and a cycle has {MOST_COMMITMENTS} at most"
        )
    if unknown := [one for one in made.commitments if one not in now.plan.commitments()]:
        raise _NotSo(f"the plan has no commitment {said(tuple(unknown))}")
    return made


def _told(cycle: Cycle, tell: Iterable[str]) -> Told:
    officer = (cycle.opened_by.person,) if "officer" in tell else ()
    return Told(cycle=cycle.reference, people=officer, roles=tuple(one for one in tell if one != "officer"))


def _counted(day: date, days: int, now: Situation) -> date:
    found = now.moment.calendar.after(day, days)
    if isinstance(found, Refused):
        raise _NotSo(found.message.rstrip("."))
    return found


def _cut(words: str) -> str:
    return words if len(words) <= MOST_SAID else words[: MOST_SAID - 2].rstrip() + " …"
