"""The form of a kind's local standards: days, hours, and the rungs of its reminder ladder."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.counting.words import offset_words
from rules.standards import fault
from schemas.standards import Recipient, Rung, Standards
from web.forms.fields import Field, Option, Typed, read
from web.showing.ladder import TOLD

FAR = 30
"""Working days before and after the last day that a reminder can be put at on the form."""
MOST_RUNGS = 30
"""More rungs than that, and a form was not made here."""
SPARE = 2
"""Rungs beyond those there are that the form has room for."""
DAYS = (
    ("requests_out_before_due", "Requests go out before the last day", ""),
    ("returns_due_before_session", "Returns are due before the session", ""),
    ("review_days", "A return is looked at within", ""),
    (
        "extension-most_days",
        "An officer may give more time, at most",
        "Longer is the chief executive's to give.",
    ),
    ("findings-draft_days", "Findings are drafted after the session within", ""),
    ("findings-publish_days", "Findings are published after the session within", ""),
    ("fact_check_days", "The force corrects facts within", ""),
    ("overdue_escalates_after", "Silence is taken for no response after", ""),
    ("progress_days", "How an action stands is asked every", "About a month is 20."),
)
"""Each number of working days, as the form names it."""


@dataclass(frozen=True)
class Read:
    """Standards as they would become, or what is wrong with what was typed, by field."""

    after: Standards | None
    errors: dict[str, str]


def fields_of(now: Standards) -> list[Field]:
    """The fields beside the ladder, with what is in force."""
    return [
        Field("title", "What the kind is called", start=now.title),
        *(
            Field(name, label, "number", f"Working days. {hint}".strip(), start=_now(now, name))
            for name, label, hint in DAYS
        ),
        Field("extension-most_times", "How often an officer may give more time", "number",
              "0 where nobody may.", start=_now(now, "extension-most_times")),
        Field("due_hour", "Hour by which a return is due", "hour", "In London, such as 17:00.",
              start=now.due_hour),
        Field("reminder_hour", "Hour at which reminders go out", "hour", "In London, such as 09:00.",
              start=now.reminder_hour),
    ]  # fmt: skip


def rungs_of(now: Standards, typed: Typed) -> list[tuple[Field, Field]]:
    """The rungs of the ladder, each with when it comes and who is told, and room for more."""
    places = range(1, max(len(now.ladder) + SPARE, _typed_rungs(typed)) + 1)
    return [
        _rung(place, now.ladder[place - 1] if place <= len(now.ladder) else None, now) for place in places
    ]


def _rung(place: int, rung: Rung | None, now: Standards) -> tuple[Field, Field]:
    offsets = sorted({*range(-FAR, FAR + 1), *(one.offset for one in now.ladder)})
    days = tuple(Option(str(one), offset_words(one).capitalize()) for one in offsets)
    told = tuple(Option(one, TOLD[one].capitalize()) for one in TOLD)
    return (
        Field(f"rung-{place}-when", "When", "choose", optional=True, options=days,
              start=str(rung.offset) if rung else ""),
        Field(f"rung-{place}-to", "Who is told", "many", optional=True, options=told,
              chosen=rung.to if rung else ()),
    )  # fmt: skip


def _typed_rungs(typed: Typed) -> int:
    """How many rungs the form had that was sent."""
    places = [name.split("-")[1] for name in typed.said if name.startswith("rung-")]
    return max((int(one) for one in places if one.isdecimal() and int(one) < MOST_RUNGS), default=0)


def standards_typed(now: Standards, typed: Typed) -> Read:
    """The next edition as it was typed.

    Source: local.ladder
    """
    reading = read(fields_of(now), typed)
    rungs, wrong = _ladder(now, typed)
    errors = {**reading.errors, **wrong}
    if errors:
        return Read(None, errors)
    ladder = tuple(sorted(rungs, key=lambda one: one.offset))
    made = _with(now, reading.values, ladder)
    if found := fault(made):
        path, words = found
        return Read(None, {path.replace(".", "-"): words[:1].upper() + words[1:]})
    if made == now:
        return Read(None, {"title": "Nothing is different from what is in force"})
    return Read(made.model_copy(update={"edition": now.edition + 1}), {})


def _ladder(now: Standards, typed: Typed) -> tuple[list[Rung], dict[str, str]]:
    """The rungs that were typed, and what is wrong with them."""
    rungs: list[Rung] = []
    errors: dict[str, str] = {}
    for when, to in rungs_of(now, typed):
        reading = read((when, to), typed)
        if reading.errors:
            errors |= reading.errors
            continue
        said, told = reading.values[when.name], reading.values[to.name]
        if told and not said:
            errors[when.name] = "Choose when this reminder comes, or clear who is told"
        elif said and not told:
            errors[to.name] = "Choose at least one who is told, or choose no day"
        elif said and said in {str(rung.offset) for rung in rungs}:
            errors[when.name] = "Another reminder comes on that day already"
        elif said:
            rungs.append(Rung(offset=int(said), to=_in_order(told)))
    return rungs, errors


def _in_order(told: tuple[str, ...]) -> tuple[Recipient, ...]:
    return tuple(one for one in TOLD if one in told)


def _now(now: Standards, name: str) -> str:
    """What is in force, by the form's name of it."""
    part, _, inner = name.partition("-")
    found = getattr(now, part)
    return str(getattr(found, inner) if inner else found)


def _with(now: Standards, values: Mapping[str, object], ladder: tuple[Rung, ...]) -> Standards:
    """The standards with everything that the form asks for."""
    facts = now.model_dump(mode="json")
    for name, value in values.items():
        part, _, inner = name.partition("-")
        if inner:
            facts[part][inner] = value
        else:
            facts[part] = value
    return Standards.model_validate({**facts, "ladder": [one.model_dump() for one in ladder]})
