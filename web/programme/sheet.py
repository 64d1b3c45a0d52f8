"""The page on which one cycle to come is written: put in, changed, or made of a proposal."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from schemas.people import Person
from schemas.programme import Slot
from web.acting.doing import Again
from web.door.rooms import rooms
from web.forms import opening
from web.forms.fields import Field, Typed
from web.forms.posted import fresh_key
from web.programme.acting import Act
from web.programme.board import Board
from web.programme.slot_form import ALIASES, row_fields, slot_fields
from web.programme.views import line
from web.showing.page import render


@dataclass(frozen=True)
class Sheet:
    """What stands round the form: its title, its button, and what it is about."""

    title: str
    button: str
    back: tuple[str, str]
    slot: Slot | None = None
    about: str = ""
    first: tuple[Field, ...] = ()
    """Fields that come before those of every cycle to come."""


def act_of(request: Request, board: Board, person: Person, key: str = "") -> Act:
    """An act by which a cycle to come is written."""
    return Act(request, board, person, key, ALIASES)


async def head_of(act: Act, sheet: Sheet) -> tuple[Field, ...]:
    """Every field but the requests."""
    return (*sheet.first, *await slot_fields(act.board, rooms(act.request), act.person))


async def show_sheet(act: Act, sheet: Sheet, again: Again, typed: Typed) -> Response:
    """The form, with what was typed and what is wrong with it."""
    head = await head_of(act, sheet)
    count = opening.rows(typed)
    rows = [row_fields(act.board, act.person, number) for number in range(1, count + 1)]
    return render(
        act.request, "programme/slot_form.html", again.status, title=sheet.title, typed=typed,
        errors=again.errors, stale=again.stale, head=head, rows=rows, count=count,
        may_more=count < opening.MOST, fields=[*head, *(one for row in rows for one in row)],
        key=typed.one("key") or fresh_key(), slot=sheet.slot, button=sheet.button, proposal=sheet.about,
        stands=line(act.board, sheet.slot) if sheet.slot else None,
        begun=act.board.programme is not None, back=sheet.back,
    )  # fmt: skip
