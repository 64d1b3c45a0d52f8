"""Every command at the command line, by everybody: refused for the role exactly where the rules say."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from cli.office import Office
from cli.program import run
from reference.catalogue import demonstration_people
from rules.acting.authority import MAY
from schemas.outcomes import Outcome
from schemas.people import Actor, Role
from schemas.shape import Words
from settings import Settings
from tests import scenario as s
from tests.cli.argv import ARGV, ELSEWHERE, REF, line
from tests.cli.fake import FakeKeeping
from tests.web.memory import NOW, Memory, MemoryDesk, MemoryReads

PEOPLE = list(demonstration_people().values())


class Line:
    """A command line that asks the real rules about one cycle in memory."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.desk = MemoryDesk(self.memory)
        self.outcomes: list[Outcome] = []

    @asynccontextmanager
    async def __call__(self, *, engine: bool) -> AsyncIterator[Office]:
        """Open this office; its cycle is there from the first time."""
        if REF not in self.memory.ledgers:
            await self.desk.send(s.open_cycle(REF, NOW), Words())
        sends = self.desk if engine else None
        yield Office(reads=MemoryReads(self.memory), keeping=FakeKeeping(), settings=Settings(), sends=sends)

    def sent_by(self) -> Actor | None:
        """Who gave the last command, but for the one that opened the cycle."""
        return self.desk.sent[-1].actor if len(self.desk.sent) > 1 else None


@pytest.fixture
def office() -> Line:
    """A fresh one for each command."""
    return Line()


@pytest.mark.parametrize("kind", sorted(ARGV))
def test_a_command_is_refused_for_its_role_exactly_where_the_table_says(
    kind: str, office: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is typed reaches the rules, and their refusal reaches whoever typed it."""
    for person in PEOPLE:
        code = run([*line(ARGV[kind]), "--as", person.id], office)
        said = capsys.readouterr()
        assert code in (0, 1), (person.id, said.err)
        assert ("(not_your_role)" in said.err) == (person.role not in MAY[kind]), (person.id, said.err)
    assert office.desk.sent[-1].kind == kind


def test_every_command_is_typed_here_or_tried_elsewhere() -> None:
    """A new command gets its line."""
    assert set(ARGV) | set(ELSEWHERE) == set(MAY)
    assert not set(ARGV) & set(ELSEWHERE)


def test_a_deputy_says_for_whom_they_act(office: Line) -> None:
    """The command carries both, and the rules let the deputy answer for the lead."""
    words = [*line(ARGV["SubmitReturn"]), "--as", "acc-protecting-people"]
    assert run(words, office) == 1
    assert run([*words, "--deputising-for", "acc-local-policing"], office) == 0
    actor = office.sent_by()
    assert actor is not None
    assert (actor.person, actor.role) == ("acc-protecting-people", Role.THEMATIC_LEAD)
    assert actor.deputising_for == "acc-local-policing"
