"""The boards' reads in memory behind the walls: each row belongs to a part, as store/walls.sql says."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from rules.acting.seeing import sees
from schemas.boards import BoardRows, Needed
from schemas.cycle import Cycle
from schemas.people import Role
from tests.web.boards_memory import BoardsMemory

FORCE = (Role.CHIEF_CONSTABLE, Role.FORCE_COORDINATION, Role.THEMATIC_LEAD)
Read = Callable[..., Awaitable[Any]]


def walled(name: str) -> Any:
    """A read over those rows alone that are open to whoever looks."""

    async def read(self: "WalledBoards", *given: Any, **named: Any) -> Any:
        self.open_parts = {one: await self.parts(one) for one in self.memory.ledgers}
        unwalled: Read = getattr(super(WalledBoards, self), name)
        return await unwalled(*given, **named)

    return read


class WalledBoards(BoardsMemory):
    """What the boards ask, as whoever looks sees it."""

    open_parts: dict[str, frozenset[str]]
    parts: Callable[[str], Awaitable[frozenset[str]]]

    needs: Any = walled("needs")
    open_actions: Any = walled("open_actions")
    action_owners: Any = walled("action_owners")
    session_list: Any = walled("session_list")
    task_list: Any = walled("task_list")
    lent_items: Any = walled("lent_items")
    meetings_to_join: Any = walled("meetings_to_join")
    joinable: Any = walled("joinable")
    concerning: Any = walled("concerning")
    choices: Any = walled("choices")

    def _boards(self) -> Iterator[tuple[Cycle, BoardRows]]:
        for cycle, rows in super()._boards():
            parts = self.open_parts[cycle.reference]
            asked = [one for one in cycle.requests if sees(parts, f"request/{one.number}")]
            yield cycle.model_copy(update={"requests": tuple(asked)}), _seen(rows, parts)


def _seen(rows: BoardRows, parts: frozenset[str]) -> BoardRows:
    return rows.model_copy(
        update={
            "needs": tuple(one for one in rows.needs if _needed(one, parts)),
            "actions": tuple(
                one
                for one in rows.actions
                if sees(parts, f"action/{one.number}") or ("published" in parts and one.state != "proposed")
            ),
            "sessions": rows.sessions if sees(parts, "session") else (),
            "colleagues": tuple(one for one in rows.colleagues if sees(parts, f"request/{one.number}")),
            "left_open": rows.left_open if "whole" in parts else (),
            "asked_about": rows.asked_about if "whole" in parts else (),
        }
    )


def _needed(one: Needed, parts: frozenset[str]) -> bool:
    if "whole" in parts or ("meeting" in parts and one.whom == Role.PANEL_SECRETARIAT):
        return True
    of_force = one.whom in FORCE or one.whom.startswith("/")
    return of_force and bool(parts & {"fact_check", f"request/{one.number}", f"action/{one.number}"})
