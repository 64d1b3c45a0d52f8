"""Bringing the rows in: each is one ordinary act under a key of its own, so that a run that dies goes on.

The rows of one file become the actions of a few cycles, which say where they come from. Every key is made of
the file's digest and the row's number: whoever brings the same file in again changes nothing.
"""

import hashlib
import logging
from typing import Any

from schemas.commands import OpenCycle, ProposeAction
from schemas.outcomes import NotKnownYet, Outcome, Receipt, Refused
from schemas.people import Actor
from schemas.shape import Words
from schemas.trackers import Became, Import, Item
from web.acting.completing import complete
from web.door.rooms import Rooms
from web.door.tracker_keeping import KeepsTrackers
from web.importing.keeping import FROM, looked_at

log = logging.getLogger("answerable.importing")
IN_ONE_CYCLE = 60
"""Rows of the sheet whose actions share a cycle: what one cycle can hold and still be read."""
KIND = "performance"
NOT_YET = "The engine did not answer in time, so it is not certain yet. Press the button again."
Goes = dict[int, str | Refused]


class Unanswered(Exception):  # noqa: N818 - a way to go, not an error
    """The engine is silent; what is not certain is tried again under the same key."""


async def bring_in(here: Rooms, keeps: KeepsTrackers, one: Import, actor: Actor) -> int:
    """Hand in every row that can be brought in and was not yet; how many there were.

    Rows that are over are kept first, beside the record: no act stands for what was done before it began.

    Raises: Unanswered: the engine was silent; everything before is in, and the rest can be tried again.
    """
    done = await keeps.outcome(one.number)
    looked = await looked_at(here, one, done)
    await keeps.keep_over(one, looked.over, actor.person, here.now())
    cycles: Goes = {}
    for item in looked.items:
        became = await _row(here, one, actor, item, cycles)
        await keeps.became(one.number, became, here.now())
    return len(looked.items)


def key_of(one: Import, part: str) -> str:
    """The key of an act of an import, the same for the same file, sheet and part."""
    sheet = hashlib.sha256(one.sheet.encode()).hexdigest()[:8]
    return f"import:{one.digest[:32]}:{sheet}:{part}"


async def _row(here: Rooms, one: Import, actor: Actor, item: Item, cycles: Goes) -> Became:
    part = item.row // IN_ONE_CYCLE
    if part not in cycles:
        cycles[part] = await _cycle(here, one, actor, part)
    cycle = cycles[part]
    if isinstance(cycle, Refused):
        return Became(item.row, "refused", cycle.message)
    words = Words()
    key = key_of(one, f"r{item.row}")
    facts = {
        "kind": "ProposeAction", "cycle": cycle, "key": key, "actor": actor, "owner": item.owner,
        "what": words.ref(_said(one, item)), "due_on": item.due_on,
    }  # fmt: skip
    made = ProposeAction.model_validate(_plain(await complete(here, facts, words)))
    outcome = _certain(await here.desk.send(made, words))
    if isinstance(outcome, Refused):
        return Became(item.row, "refused", outcome.message, cycle)
    return Became(item.row, "proposed", f"Proposed as action {made.action}", cycle, made.action)


async def _cycle(here: Rooms, one: Import, actor: Actor, part: int) -> str | Refused:
    """The cycle of some rows, opened once."""
    words, first = Words(), max(part * IN_ONE_CYCLE, 1)
    title = f"Brought forward: {_file(one)}, rows {first} to {part * IN_ONE_CYCLE + IN_ONE_CYCLE - 1}"
    question = (
        f"How do the actions stand that were agreed before this record began? They come from {_file(one)} "
        f"(SHA-256 {one.digest}). Each names its row there."
    )
    facts = {
        "kind": "OpenCycle", "key": key_of(one, f"c{part}"), "actor": actor.model_dump(mode="json"),
        "title": words.ref(title), "question": words.ref(question), "standards": KIND,
        "commitments": [one.meant.commitment],
    }  # fmt: skip
    made = OpenCycle.model_validate(_plain(await complete(here, facts, words)))
    outcome = _certain(await here.desk.send(made, words))
    return outcome if isinstance(outcome, Refused) else made.cycle


def _said(one: Import, item: Item) -> str:
    """What an action says: its own words, and where they come from."""
    number = f", where its number was {item.number}" if item.number else ""
    was = f". It was due {item.was_due}" if item.was_due else ""
    notes = f"\n{item.notes}" if item.notes else ""
    return f"{item.what}{FROM}{_file(one)}, row {item.row}{number}{was}.{notes}"


def _file(one: Import) -> str:
    return f"{one.name}, sheet {one.sheet}" if one.sheet else one.name


def _certain(outcome: Outcome) -> Receipt | Refused:
    if isinstance(outcome, NotKnownYet):
        raise Unanswered(NOT_YET)
    return outcome


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.model_dump() if hasattr(value, "model_dump") else value for name, value in facts.items()
    }
