"""What the tests of the running engine share: send, refuse, read the ledger and the cycle's own clock."""

from datetime import datetime

from schemas.commands import AnyCommand
from schemas.cycle import Cycle
from schemas.outcomes import Outcome, Receipt, Refused
from schemas.records import Entry
from tests import scenario as s
from tests.conftest import Office


async def send(office: Office, ref: str, command: AnyCommand) -> Outcome:
    """Hand in a command for this cycle."""
    return await office.desk.send(command.model_copy(update={"cycle": ref}), s.WORDS)


async def done(office: Office, ref: str, *commands: AnyCommand) -> Receipt:
    """Hand in commands that must be accepted; return the last receipt."""
    outcome: Outcome | None = None
    for command in commands:
        outcome = await send(office, ref, command)
        assert isinstance(outcome, Receipt), outcome
    assert isinstance(outcome, Receipt)
    return outcome


async def refused(office: Office, ref: str, command: AnyCommand, code: str) -> Refused:
    """Hand in a command that must be refused with this code, and leave the ledger as it was."""
    before = await office.ledger.entries(ref)
    outcome = await send(office, ref, command)
    assert isinstance(outcome, Refused), outcome
    assert outcome.code == code
    assert await office.ledger.entries(ref) == before
    return outcome


async def cycle_of(office: Office, ref: str) -> Cycle:
    """The cycle as the pages read it."""
    page = await office.reads.cycle(ref)
    assert page is not None
    return page.cycle


async def entries(office: Office, ref: str, kind: str) -> list[Entry]:
    """The entries of one kind, oldest first."""
    return [one for one in await office.ledger.entries(ref) if one.event.kind == kind]


async def clock(office: Office, ref: str) -> datetime:
    """What time it is in this cycle."""
    handle = office.engine.client.get_workflow_handle(ref)
    return await office.engine.get_current_time(handle)
