"""The offices that screens are looked at in: empty, busy, late, over, with long words, with sixty."""

from datetime import timedelta
from typing import Any

from rules.clocks import instant
from schemas.evidence import WrittenItem
from schemas.outcomes import NotKnownYet
from tests import programme as p
from tests import scenario as s
from tests.rules import acts, outcome_acts
from tests.rules import request_acts as r
from tests.rules import session_acts as do
from tests.web import test_findings as findings
from tests.web import test_succession as successions
from tests.web.conftest import REF
from tests.web.house import NOW, House
from tests.web.programme.conftest import done as planned_done
from tests.web.programme.conftest import drafts

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2
MEETING = "MTG-2026-05"
ACTION = f"/cycles/{REF}/actions/{acts.ACTION}"
OTHER = "HTA-2026-02"
LETTER = "a" * 64
SUCCESSION = successions.ONE


async def do_all(house: House, *commands: Any, cycle: str = REF) -> None:
    """Carry out commands that must be allowed."""
    await house.done(*commands, cycle=cycle)


async def empty(_house: House) -> None:
    """Nothing is there."""


async def busy(house: House) -> None:
    """One cycle of three requests, the first of which is answered."""
    await do_all(house, s.open_cycle(REF, NOW), s.submit(REF))


async def accepted(house: House) -> None:
    """The first answer is accepted."""
    await busy(house)
    await do_all(house, s.accept(REF))


async def sent_back(house: House) -> None:
    """The first answer was sent back and answered again."""
    await busy(house)
    await do_all(house, s.send_back(REF), s.submit(REF))


async def asked(house: House) -> None:
    """A claim, a clarification, a delegate, a request to several leads."""
    await busy(house)
    until_on = (NOW + timedelta(days=90)).date()
    await do_all(house, r.claim_sensitive(until_on), r.ask_what(2), r.delegate(request=2), r.ask_several())


async def late(house: House) -> None:
    """Two requests are overdue by a week."""
    await busy(house)
    house.memory.now = instant(s.date_after(NOW, 29), "18:00")


async def over(house: House) -> None:
    """The cycle was called off."""
    await busy(house)
    await do_all(house, acts.cancel(s.COMMISSIONER))


async def paused(house: House) -> None:
    """The cycle stands still."""
    await busy(house)
    await do_all(house, acts.pause())


async def long_words(house: House) -> None:
    """Titles, questions and answers of long words without a space."""
    opening = s.open_cycle(REF, NOW, title=s.say(LONG), question=s.say(LONG))
    long = tuple(one.model_copy(update={"title": s.say(LONG)}) for one in opening.requests)
    await do_all(house, opening.model_copy(update={"requests": long}))
    await do_all(house, s.submit(REF, items=(WrittenItem(text=s.say(LONG)),)))
    await do_all(house, acts.propose(s.date_after(NOW, 20)).model_copy(update={"what": s.say(LONG)}))


async def sixty(house: House) -> None:
    """Sixty cycles."""
    for number in range(1, 61):
        reference = f"HTA-2026-{number:02d}"
        await do_all(house, s.open_cycle(reference, NOW, 2), s.submit(reference), cycle=reference)


async def agreed(house: House) -> None:
    """One agreed action, at risk, with what was claimed to prove it."""
    await busy(house)
    await do_all(house, acts.propose(s.date_after(NOW, 20)), acts.confirm())
    await do_all(house, outcome_acts.progress(assessment="at_risk"), acts.claim(NOW.date()))


async def sixty_actions(house: House) -> None:
    """Sixty cycles with an action each."""
    await sixty(house)
    for number in range(1, 61):
        await do_all(
            house, acts.propose(s.date_after(NOW, 20)), acts.confirm(), cycle=f"HTA-2026-{number:02d}"
        )


async def sitting(house: House) -> None:
    """The day of the session."""
    await busy(house)
    cycle = house.memory.cycle(REF)
    assert cycle
    house.memory.now = cycle.sessions[0].starts_at + timedelta(minutes=5)


async def held(house: House) -> None:
    """The session was held and one thing decided."""
    await busy(house)
    house.memory.now = instant(s.date_after(NOW, 30), "18:00")
    await do_all(house, s.attendance(REF), s.judge(REF))


async def drafted(house: House) -> None:
    """One draft of findings."""
    await held(house)
    await do_all(house, s.findings(REF))


async def twice_drafted(house: House) -> None:
    """Two drafts of findings."""
    await drafted(house)
    second = s.findings(REF).model_copy(
        update={"answer": s.say("Mostly."), "body": s.say("## What\n\nMore.")}
    )
    await do_all(house, second)


async def signed(house: House) -> None:
    """Both have signed."""
    await drafted(house)
    await do_all(house, s.approve(REF, s.CHIEF_EXECUTIVE), s.approve(REF, s.COMMISSIONER))


async def released(house: House) -> None:
    """Findings are published."""
    await signed(house)
    await do_all(house, s.publish(REF))


async def panel_meeting(house: House) -> None:
    """A meeting of the panel in one cycle, and a session that could join it in another."""
    await busy(house)
    await do_all(house, s.open_cycle(OTHER, NOW, 1, session=None), cycle=OTHER)
    await do_all(house, do.fix(NOW + timedelta(days=70), meeting=MEETING))
    await do_all(house, do.fix(NOW + timedelta(days=56)), cycle=OTHER)


async def begun(house: House) -> None:
    """A programme without a year."""
    await planned_done(house, p.begin())


async def planned(house: House) -> None:
    """A programme with three cycles proposed for this year."""
    await begun(house)
    await planned_done(house, p.propose(*drafts(), year=2026))


async def adopted(house: House) -> None:
    """The same, adopted."""
    await planned(house)
    await planned_done(house, p.adopt(2026))


async def one_sooner(house: House) -> None:
    """A colleague accepts, two minutes ago."""
    await do_all(house, s.accept(REF))
    house.memory.now += timedelta(minutes=2)


async def unanswered(house: House) -> None:
    """The engine takes the next act and does not say yes or no in time."""
    house.desk.told.append(NotKnownYet(cycle=REF, key="a-key-of-a-test"))


async def restricted(house: House) -> None:
    """The second officer alone of the office sees the cycle."""
    await busy(house)
    await house.browser.sign_in(s.OFFICER.person)
    path = f"/cycles/{REF}/restrict"
    answer = await house.browser.fill(path, named=s.SECOND_OFFICER.person, reason="It names a suspect.")
    assert answer.status_code == 303, answer.text


async def decided(house: House) -> None:
    """One decision."""
    await held(house)
    await do_all(house, acts.record_decision())


async def action_late(house: House) -> None:
    """An agreed action is overdue."""
    await busy(house)
    await do_all(house, acts.propose(s.date_after(NOW, 20)), acts.confirm())
    house.memory.now = instant(s.date_after(NOW, 30), "18:00")


async def long_sitting(house: House) -> None:
    """The day of a session about long words."""
    await long_words(house)
    cycle = house.memory.cycle(REF)
    assert cycle
    house.memory.now = cycle.sessions[0].starts_at + timedelta(minutes=5)


async def returned(house: House) -> None:
    """The first answer was sent back."""
    await busy(house)
    await do_all(house, s.send_back(REF))


async def proposed(house: House) -> None:
    """Something from outside asks for a cycle."""
    await begun(house)
    await planned_done(house, p.outside(1))


async def with_mail(house: House) -> None:
    """One mail was sent on this machine."""
    await busy(house)
    folder = house.rooms.home / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    heads = ("From: office@a.example", "To: lead@b.example", "Subject: A paper is asked for")
    text = "\n".join((*heads, "Date: Mon, 23 Nov 2026 09:00:00 +0000", "", "By Friday."))
    (folder / f"{LETTER}.eml").write_text(text, encoding="utf-8")


async def succeeding(house: House) -> None:
    """It is announced who takes over."""
    await busy(house)
    await house.browser.sign_in(s.CHIEF_EXECUTIVE.person)
    answer = await successions.announce(house)
    assert answer.headers["location"] == successions.ONE


async def to_sign(house: House) -> None:
    """The chief executive has signed, the Commissioner has not."""
    await drafted(house)
    await do_all(house, s.approve(REF, s.CHIEF_EXECUTIVE))


async def redacted(house: House) -> None:
    """A copy with words taken out is to be checked."""
    await drafted(house)
    await house.browser.sign_in(s.OFFICER.person)
    path = f"/cycles/{REF}/act/Redact"
    first = await findings.choose(
        house, path, add="yes", of="body", words="Much", nth="1", ground="personal_data"
    )
    answer = await findings.choose(house, path, first, send="yes")
    assert answer.status_code == 303, answer.text
