"""The tracker: every action that is still open, over all cycles, as a page and as a table."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from rules.clocks import civil
from schemas.board_pages import ActionRow
from schemas.cycle import Action, Cycle
from web.showing import words

HEAD = (
    "Number", "Cycle", "What", "Owner", "Due", "State", "Own assessment", "Late", "Moved", "Slipped",
    "Carried over since",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run as a formula at the beginning of a cell."""


@dataclass(frozen=True)
class Sought:
    """Whose actions somebody wants to see, and whether only the late ones."""

    owner: str = ""
    late: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for at all."""
        return bool(self.owner) or self.late


def assessed(row: ActionRow) -> str:
    """How its owner says that it stands; empty where nothing was said."""
    return words.ASSESSMENTS[row.assessment] if row.assessment else ""


def is_late(action: Action, now: datetime) -> bool:
    """Whether an agreed action is past its day and nobody has said that it is done."""
    return action.state == "confirmed" and (action.missed or action.due.at < now)


def carried_since(cycle: Cycle, action: Action) -> date | None:
    """The day of the first meeting after it was agreed that left it open; None where there was none."""
    agreed = action.confirmed_at or action.clock.starts_at
    held = sorted(one.held_at for one in cycle.sessions if one.held_at and one.held_at > agreed)
    return civil(held[0]) if held and action.open else None


def as_csv(rows: Iterable[ActionRow]) -> str:
    """The same as a table for a spreadsheet; what somebody typed can never be a formula in it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for one in rows:
        cells = (
            one.number, one.cycle, one.what, one.owner, one.due_on.isoformat(),
            words.ACTION_STATES[one.state],
            assessed(one), "yes" if one.late else "no", str(one.moves), str(one.slips),
            civil(one.carried_at).isoformat() if one.carried_at else "",
        )  # fmt: skip
        writer.writerow(["'" + cell if cell.startswith(FORMULA) else cell for cell in cells])
    return "\ufeff" + out.getvalue()
