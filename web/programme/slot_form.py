"""The form of one cycle to come: what it asks, when, who runs it, and who is asked for what."""

from dataclasses import replace
from typing import Any

from reference.starts import starts
from rules.clocks import civil, london
from schemas.clocks import Budget
from schemas.evidence import RequestDraft
from schemas.inspections import InspectionReport
from schemas.people import Person
from schemas.programme import SlotDraft
from schemas.shape import Words
from web.door.rooms import Rooms
from web.forms import opening
from web.forms.evidence import draft_of
from web.forms.fields import Field, Option, Reading, Typed, Values, read
from web.forms.form import Built, Scene
from web.forms.sessions import FORUMS, starts_at
from web.programme.board import Board
from web.programme.planning import kind_field, kinds_of, officer_field
from web.programme.suggested import day_boxes

ALIASES = {
    "session_at": "starts_on",
    "theme": "commitments",
    "slot": "form",
    "slots": "form",
    "proposal": "form",
    "requests": "r1_lead",
    "report": opening.REPORT,
}


REPORT_FIELDS = (
    Field(
        opening.REPORT,
        "If it answers an inspection report, on which day was that published?",
        "day",
        optional=True,
        hint="For example, 27 3 2027. The days of the law are counted from it. Leave it out until it is.",
    ),
    Field(
        opening.REPORT_NAME,
        "What is the report called?",
        optional=True,
        hint="Its title or number. Optional.",
    ),
)
NO_REPORT = "A cycle of this kind answers no inspection report. Leave the day out, or choose another kind"
NO_DAY = "Enter the day on which it was published, or leave out what it is called"


async def slot_fields(board: Board, here: Rooms, person: Person) -> tuple[Field, ...]:
    """What a cycle to come is about and when it is held."""
    return (
        Field("title", "Title", missing="Enter a title", hint="For example, Quarterly performance"),
        Field(
            "question",
            "What is the question?",
            "text",
            missing="Enter the question",
            hint="One question that the findings will answer in one sentence.",
        ),
        Field(
            "commitments",
            "Which promises of the plan does it ask about?",
            "many",
            options=_commitments(board),
            missing="Choose at least one promise of the plan",
        ),
        Field("because", "Why is it in the programme?", "text", rows=2, optional=True, hint="Optional."),
        kind_field(await kinds_of(board, here)),
        replace(officer_field(board), start=person.id),
        Field("opens_on", "On which day does it open?", "day", missing="Enter the day on which it opens"),
        Field(
            "starts_on",
            "On which day is the session?",
            "day",
            optional=True,
            hint="Leave it out if there is none yet.",
        ),
        Field(
            "starts_hour", "At what time?", "hour", start="14:00", optional=True, hint="For example, 14:00"
        ),
        Field("confirmed", "Yes, even if that is a weekend or a bank holiday", "tick", optional=True),
        Field("forum", "In which forum?", "choose", options=FORUMS, start="holding_to_account"),
        *REPORT_FIELDS,
    )


def _commitments(board: Board) -> tuple[Option, ...]:
    objectives = board.plan.objectives if board.plan else ()
    return tuple(
        Option(one.ref, one.text, hint=one.ref, group=objective.title)
        for objective in objectives
        for one in objective.commitments
    )


def row_fields(board: Board, person: Person, number: int, *, blank: bool = True) -> tuple[Field, ...]:
    """The fields of one request; all may be left out where the row stays blank."""
    scene = Scene(person=person, people=board.people, now=board.now)
    return opening.row_fields(scene, number, blank=blank)


def read_slot(board: Board, person: Person, head: tuple[Field, ...], typed: Typed) -> Reading:
    """What was typed, request by request."""
    written = opening.filled(typed)
    fields = [one for number in written for one in row_fields(board, person, number, blank=False)]
    reading = read((*head, *fields), typed)
    return Reading({**reading.values, "rows": written}, {**_of_report(reading.values), **reading.errors})


def _of_report(values: Values) -> dict[str, str]:
    """What is wrong with the report that a cycle answers."""
    on, name = values.get(opening.REPORT), values.get(opening.REPORT_NAME)
    start = starts().get(values.get("cycle_kind") or "")
    if on and (start is None or start.clock is None):
        return {opening.REPORT: NO_REPORT}
    return {opening.REPORT: NO_DAY} if name and not on else {}


def draft_from(board: Board, values: Values, words: Words, before: SlotDraft | None = None) -> Built:
    """The cycle to come as the command carries it; what the form does not ask stays as it was."""
    kept: dict[str, Any] = before.model_dump() if before else {}
    return {
        **kept,
        "title": words.ref(values["title"]),
        "theme": theme_of(board, values["commitments"]),
        "commitments": values["commitments"],
        "question": words.ref(values["question"]),
        "because": words.maybe(values["because"]),
        "cycle_kind": values["cycle_kind"],
        "officer": values["officer"],
        "opens_on": values["opens_on"],
        "session_at": starts_at(values),
        "confirmed": values["confirmed"],
        "forum": values["forum"],
        "report": opening.report_of(values, words),
        "requests": tuple(_request(number, values, words, before) for number in values["rows"]),
    }


def _request(number: int, values: Values, words: Words, before: SlotDraft | None) -> Built:
    """One request; which promise it serves and who certifies it stay as they were."""
    made = draft_of(values, words, f"r{number}_")
    old = before.requests[number - 1] if before and number <= len(before.requests) else None
    if old is None:
        return made
    return {**made, "commitment": old.commitment, "certify": old.certify, "certifier": old.certifier}


def theme_of(board: Board, commitments: tuple[str, ...]) -> str:
    """The objective of the plan under which the first of the commitments stands."""
    for objective in board.plan.objectives if board.plan else ():
        if any(one.ref in commitments[:1] for one in objective.commitments):
            return objective.id
    return "none"


def typed_of(board: Board, draft: SlotDraft) -> Typed:
    """What the form begins with where there is a cycle to come already."""
    at = london(draft.session_at) if draft.session_at else None
    boxes = {
        "title": board.say(draft.title),
        "question": board.say(draft.question),
        "because": board.say(draft.because),
        "cycle_kind": draft.cycle_kind,
        "officer": draft.officer,
        "forum": draft.forum,
        "starts_hour": f"{at:%H:%M}" if at else "14:00",
        "confirmed": "yes" if draft.confirmed else "",
        **day_boxes("opens_on", draft.opens_on),
        **(day_boxes("starts_on", civil(at)) if at else {}),
        **_report_boxes(board, draft.report),
        "rows": str(max(len(draft.requests), 1)),
    }
    for number, one in enumerate(draft.requests, start=1):
        boxes |= _row_boxes(board, one, f"r{number}_")
    return Typed({**{name: [value] for name, value in boxes.items()}, "commitments": draft.commitments})


def _report_boxes(board: Board, report: InspectionReport | None) -> dict[str, str]:
    if report is None:
        return {}
    name = {opening.REPORT_NAME: board.say(report.title)} if report.title else {}
    return {**day_boxes(opening.REPORT, report.published_on), **name}


def _row_boxes(board: Board, one: RequestDraft, prefix: str) -> dict[str, str]:
    return {
        f"{prefix}title": board.say(one.title),
        f"{prefix}asked": "\n".join(board.say(ref) for ref in one.asked),
        f"{prefix}lead": one.lead,
        f"{prefix}form": one.form,
        **{f"{prefix}due-{name}": value for name, value in _due(one.due).items()},
    }


def _due(due: Budget) -> dict[str, str]:
    if due.kind == "on_date":
        return {"kind": due.kind, **day_boxes("on", due.on)}
    days = getattr(due, "days", None)
    return {"kind": due.kind, **({due.kind: str(days)} if days is not None else {})}
