"""Planning a year: a suggestion from what was asked so far, chosen and changed, looked at, then proposed."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ValidationError
from pydantic import Field as Within
from starlette.requests import Request
from starlette.responses import Response

from engine.planning import USUAL_KIND, drafts_of, suggestion_now
from reference.catalogue import standards
from rules.programme.doorway import check_programme
from rules.programme.verdict import next_numbers
from rules.programme.years import label
from schemas.outcomes import Refused
from schemas.people import Person, Role
from schemas.programme import SlotDraft
from schemas.programme.commands import ProposeSlots
from schemas.programme.rows import Suggestion
from schemas.shape import Words
from web.acting.doing import Again
from web.door.identity import require
from web.door.rooms import Rooms, rooms
from web.forms.fields import Field, Option, Typed, Values, read
from web.forms.posted import FormBack, Posted, fresh_key
from web.programme import suggested
from web.programme.acting import FIRST, Act, answer
from web.programme.board import PLANNERS, Board, board_of, desk_of
from web.showing.page import render
from web.showing.words import plural

router = APIRouter(prefix="/programme/plan", include_in_schema=False)
Planner = Annotated[Person, Depends(require(*PLANNERS))]
USUAL_COUNT = "8"
NUMBER = re.compile(r"\b\d{4}/\d{2,3}\b")
DAYS = {"opens_on": "opens_on", "session_at": "session_on"}
ALIASES = {
    "slots": "form",
    "opens_on": "form",
    "session_at": "form",
    "commitments": "form",
    "cycle_kind": "kind",
}


class Asked(BaseModel):
    """What a year is asked for: how many cycles, of which kind, in whose name."""

    year: Annotated[int, Within(ge=0, le=2199)] = 0
    count: Annotated[str, Within(max_length=8)] = ""
    kind: Annotated[str, Within(max_length=64)] = ""
    officer: Annotated[str, Within(max_length=64)] = ""


@router.get("")
async def ask(request: Request, person: Planner, asked: Annotated[Asked, Query()]) -> Response:
    """The question; once it is answered, the suggestion with it."""
    here, board = rooms(request), await board_of(request)
    boxes = {
        "year": str(asked.year or board.year),
        "count": asked.count.strip() or USUAL_COUNT,
        "kind": asked.kind or USUAL_KIND,
        "officer": asked.officer or person.id,
    }
    typed = Typed({name: [value] for name, value in boxes.items()})
    if not asked.count:
        return await _show(request, board, typed, FIRST)
    if errors := {**read(await _head(board, here), typed).errors, **_count_error(typed)}:
        return await _show(request, board, typed, Again(errors))
    year, count = int(boxes["year"]), int(boxes["count"])
    found = await suggestion_now(here.reads, year, count, here.now(), boxes["kind"])
    if isinstance(found, Refused):
        return await _show(request, board, typed, Again({found.field or "form": found.message}))
    return await _show(request, board, suggested.typed_of(found, boxes), FIRST, found)


def _count_error(typed: Typed) -> dict[str, str]:
    said = typed.one("count")
    good = said.isdecimal() and 1 <= int(said) <= suggested.MOST
    return {} if good else {"count": f"Enter a number of cycles, 1 to {suggested.MOST}"}


@router.post("")
async def propose(request: Request, person: Planner, back: FormBack) -> Response:
    """Look for clashes, show what would be put in, and put it in once that was seen."""
    board = await board_of(request)
    typed = back.typed
    if typed.one("change"):
        return await _show(request, board, typed, FIRST)
    reading = suggested.read_rows(typed)
    head = read(await _head(board, rooms(request)), typed)
    errors = {**head.errors, **reading.errors}
    if not suggested.chosen(typed):
        errors["form"] = "Tick at least one cycle"
    if errors:
        return await _show(request, board, typed, Again(errors))
    act = Act(request, board, person, back.key, ALIASES)
    words = Words()
    try:
        found = suggestion_of(head.values, typed)
    except ValidationError as wrong:
        return await _show(request, board, typed, act.wrong(wrong))
    drafts = drafts_of(found, head.values["officer"], head.values["kind"], words)
    command = act.command("ProposeSlots", year=found.year, slots=drafts)
    if isinstance(command, Again):
        return await _show(request, board, typed, command)
    assert isinstance(command, ProposeSlots)
    return await _carry_out(act, command, back, words)


def suggestion_of(head: Values, typed: Typed) -> Suggestion:
    """The ticked cycles of the year that was chosen."""
    return suggested.suggestion_of(int(head["year"]), typed, suggested.read_rows(typed))


async def _carry_out(act: Act, command: ProposeSlots, back: Posted, words: Words) -> Response:
    request, board, typed = act.request, act.board, back.typed
    if not await act.answered():
        if errors := await _each(act, command, typed):
            return await _show(request, board, typed, Again(errors))
        ahead = await act.preview(command)
        if isinstance(ahead, Again):
            return await _show(request, board, typed, _at_row(board, command, typed, ahead))
        if not typed.one("seen"):
            return _look(request, board, command, typed, words)
    outcome = await act.send(command, words)
    if isinstance(outcome, Again):
        return await _show(request, board, typed, _at_row(board, command, typed, outcome))
    said = f"{plural(len(command.slots), 'cycle')} put into {label(command.year)}. The Commissioner adopts it"
    return answer(request, back, outcome, said, f"/programme?year={command.year}")


async def _each(act: Act, command: ProposeSlots, typed: Typed) -> dict[str, str]:
    """What is wrong with each cycle by itself, at its own days."""
    known = await desk_of(act.request).known()
    if isinstance(known, Refused):
        return {"form": known.message}
    found = {}
    for row, draft in zip(suggested.chosen(typed), command.slots, strict=True):
        alone = command.model_copy(update={"slots": (draft,)})
        if refused := check_programme(alone, known, act.board.programme):
            named = refused.field or "form"
            found[f"c{row}_{DAYS[named]}" if named in DAYS else ALIASES.get(named, named)] = refused.message
    return found


def _at_row(board: Board, command: ProposeSlots, typed: Typed, again: Again) -> Again:
    """A clash is said at the cycle of the form that has the number which it names first."""
    numbers = _numbers(board, command)
    placed = {}
    for place, message in again.errors.items():
        named = NUMBER.search(message)
        row = numbers.get(named[0]) if named else None
        at = f"c{suggested.chosen(typed)[row]}_opens_on" if row is not None else place
        placed[at] = message
    return Again(placed, status=again.status, stale=again.stale)


def _numbers(board: Board, command: ProposeSlots) -> dict[str, int]:
    """The number that each of the cycles would get."""
    if board.programme is None:
        return {}
    found = next_numbers(board.programme, command.year, len(command.slots))
    return {number: place for place, number in enumerate(found)}


def _look(request: Request, board: Board, command: ProposeSlots, typed: Typed, words: Words) -> Response:
    numbers = list(_numbers(board, command))
    made: list[tuple[str, str, SlotDraft]] = [
        (number, words.kept[one.title], one) for number, one in zip(numbers, command.slots, strict=True)
    ]
    return render(
        request, "programme/look.html", title="Check the cycles", made=made, label=label(command.year),
        typed=typed, officer=board.titled(command.slots[0].officer),
        adopted=board.programme is not None and command.year in board.programme.adopted,
    )  # fmt: skip


async def _show(
    request: Request, board: Board, typed: Typed, again: Again, found: Suggestion | None = None
) -> Response:
    head = await _head(board, rooms(request))
    count = suggested.rows(typed)
    picked = suggested.chosen(typed)
    year = typed.one("year")
    numbers = (
        next_numbers(board.programme, int(year), len(picked)) if board.programme and year.isdecimal() else ()
    )
    return render(
        request, "programme/plan.html", again.status, title="Plan a year", head=head, typed=typed,
        errors=again.errors, stale=again.stale, fields=[*head, *suggested.fields(range(1, count + 1))],
        rows=range(1, count + 1), days=suggested.day_fields, begun=board.programme is not None,
        numbers=dict(zip(picked, numbers, strict=False)), text=board.text, theme=board.theme,
        carried=suggested.CARRIED, why=found.why if found else typed.one("why"),
        left_out=found.left_out if found else 0, asked=typed.one("rows") != "",
        key=typed.one("key") or fresh_key(), label=label(int(year)) if year.isdecimal() else "",
        back=(f"/programme?year={year}", "Programme"),
    )  # fmt: skip


async def _head(board: Board, here: Rooms) -> tuple[Field, ...]:
    """For which year, how many, of which kind, in whose name."""
    years = tuple(Option(str(one), label(one)) for one in board.plannable)
    return (
        Field("year", "Which year?", "choose", options=years, missing="Choose the year"),
        Field(
            "count",
            "How many cycles?",
            hint=f"1 to {suggested.MOST}. The most needed come first.",
            missing=f"Enter a number of cycles, 1 to {suggested.MOST}",
        ),
        kind_field(await kinds_of(board, here), "kind"),
        officer_field(board),
    )


async def kinds_of(board: Board, here: Rooms) -> tuple[Option, ...]:
    """The kinds of cycle of this office."""
    own = await here.reads.standards(board.plan.body if board.plan else here.body)
    return tuple(Option(one.id, one.title) for one in {**standards(), **own}.values())


def kind_field(options: tuple[Option, ...], name: str = "cycle_kind") -> Field:
    """Which kind of cycle, and what it brings."""
    return Field(
        name,
        "Which kind of cycle?",
        "choose",
        options=options,
        start=USUAL_KIND,
        missing="Choose the kind of cycle",
        hint="It brings the office's own standards for reminders and dates.",
    )


def officer_field(board: Board) -> Field:
    """In whose name cycles are opened."""
    options = tuple(
        Option(one.id, one.title)
        for one in board.people.values()
        if Role.POLICY_OFFICER in one.roles_on(board.today)
    )
    return Field(
        "officer",
        "In whose name are they opened?",
        "choose",
        options=options,
        missing="Choose a policy officer",
        hint="They run the cycle.",
    )
