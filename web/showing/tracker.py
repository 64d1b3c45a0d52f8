"""The tracker: every action that is still open, over all cycles, as a page and as a table."""

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


def line(one: ActionRow) -> tuple[object, ...]:
    """An action as a line of the table."""
    return (
        one.number, one.cycle, one.what, one.owner, one.due_on.isoformat(), words.ACTION_STATES[one.state],
        assessed(one), "yes" if one.late else "no", one.moves, one.slips,
        civil(one.carried_at).isoformat() if one.carried_at else "",
    )  # fmt: skip
