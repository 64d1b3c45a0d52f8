"""Whoever opens a restricted cycle is told of by mail: to whom, in which words, once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from clients.letters import Envelope, path_of, write
from engine.opened import OpeningsTold
from rules.telling.openings import opening_notice
from rules.telling.waiting import MAY_WAIT
from schemas.notices import Delivery, Notice
from schemas.outside import Swept
from schemas.people import Person, Role
from schemas.viewing import Opening, Restriction
from tests.clients import built

NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
REASON = "A complaint names Sergeant Example."
RESTRICTION = Restriction(
    cycle=built.REF, named=("second-policy-officer",), reason="A named officer.", by="policy-officer", at=NOW
)


def opening(person: str, role: Role) -> Opening:
    """Somebody opens the one cycle."""
    return Opening(
        cycle=built.REF, person=person, role=role, reason=REASON, at=NOW, until=NOW + timedelta(hours=1)
    )


FINANCE = opening("chief-finance-officer", Role.CHIEF_FINANCE_OFFICER)
PEOPLE = {
    **built.PEOPLE,
    FINANCE.person: Person(
        id=FINANCE.person, title="Chief Finance Officer", role=FINANCE.role, organisation="west-mercia-opcc"
    ),
}


@dataclass
class Kept:
    """Openings, a post that may be down, and the rounds that this one goes with."""

    waiting: list[Opening] = field(default_factory=lambda: [FINANCE])
    sent: list[Notice] = field(default_factory=list)
    rounds: int = 0
    down: bool = False

    async def untold(self, most: int = 50) -> Sequence[Opening]:
        return self.waiting[:most]

    async def told(self, one: Opening, _at: datetime) -> None:
        self.waiting.remove(one)

    async def people(self) -> Mapping[str, Person]:
        return PEOPLE

    async def restriction(self, _cycle: str) -> Restriction | None:
        return RESTRICTION

    async def deliver(self, notice: Notice) -> Delivery:
        if self.down:
            raise ConnectionError
        self.sent.append(notice)
        return Delivery(delivered=True, told=notice.to, at=NOW)

    async def look(self) -> Swept:
        self.rounds += 1
        return Swept()

    async def look_ahead(self) -> Swept:
        return Swept()


def test_the_chief_executive_is_told_and_where_they_opened_it_whoever_restricted_it() -> None:
    """Nobody hears alone of what they did themselves; another office hears nothing."""
    elsewhere = built.PEOPLE["chief-executive"].model_copy(
        update={"id": "elsewhere", "organisation": "elsewhere-opcc"}
    )
    people = {**PEOPLE, "elsewhere": elsewhere}
    assert opening_notice(FINANCE, RESTRICTION, people).to == ("chief-executive",)
    own = opening("chief-executive", Role.CHIEF_EXECUTIVE)
    assert opening_notice(own, RESTRICTION, people).to == ("chief-executive", "policy-officer")
    assert opening_notice(own, None, people).to == ("chief-executive",)
    assert opening_notice(opening("nobody", Role.CHIEF_EXECUTIVE), RESTRICTION, people).to == ()
    assert "restricted_opened" not in MAY_WAIT


def test_the_letter_says_who_and_until_when_and_nothing_of_the_cycle() -> None:
    """Neither the title, which the restriction keeps, nor the reason, which may name what it keeps."""
    notice = opening_notice(FINANCE, RESTRICTION, PEOPLE)
    envelope = Envelope("The Office", f"https://office.example{path_of(notice)}", ("Chief executive",), ())
    one = write(notice, built.page(), PEOPLE, envelope)
    words = " ".join((one.subject + one.text).split())
    assert "Who: Chief Finance Officer When: 09:12 on Monday 23 November 2026" in words
    assert "until: 10:12 on Monday 23 November 2026" in words
    assert path_of(notice) == "/office/access"
    assert envelope.url in one.text
    for secret in ("Quarterly performance", "Sergeant", REASON):
        assert secret not in one.subject + one.text + one.html


async def test_each_opening_is_told_once_and_waits_for_a_post_that_is_down() -> None:
    """The other rounds are done first, so nothing else waits for it."""
    kept = Kept(down=True)
    telling = OpeningsTold(kept, kept, kept, kept, lambda: NOW)
    with pytest.raises(ConnectionError):
        await telling.look()
    assert (kept.rounds, kept.waiting) == (1, [FINANCE])
    kept.down = False
    for _ in range(2):
        await telling.look()
    assert [(one.template, one.opened_by) for one in kept.sent] == [("restricted_opened", FINANCE.person)]
