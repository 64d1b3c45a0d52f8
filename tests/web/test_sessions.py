"""Sessions and meetings on pages: notice, agenda, attendance, questions, votes, notes."""

import re
from datetime import timedelta
from html import unescape

from reference.forums import forums
from schemas.commands import CancelSession, PublishAgenda, RecordVote
from schemas.outcomes import NotKnownYet
from schemas.people import Actor
from tests import scenario as s
from tests.rules import session_acts as do
from tests.web.conftest import REF
from tests.web.house import House, hidden_of

OTHER = "HTA-2026-02"
PAGE = f"/cycles/{REF}/sessions/1"


async def act(house: House, kind: str, ask: str = "", **typed: object) -> str:
    """Fill in a form as the policy officer, its look ahead included; the page that follows."""
    path = f"/cycles/{REF}/act/{kind}"
    answer = await house.browser.fill(f"{path}{ask}", to=path, **typed)
    if answer.status_code == 200 and "Check what moves" in answer.text:
        answer = await house.browser.post(path, data={**_hidden(answer.text), "seen": "yes"})
    assert answer.status_code == 303, re.findall(r"govuk-error-message.*?</p>", answer.text)
    return (await house.browser.get(answer.headers["location"])).text


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


async def panel(house: House, actor: Actor = s.OFFICER) -> None:
    """A cycle whose only session is one of the panel, in twenty days."""
    house.memory.words |= s.WORDS.kept
    await house.done(s.open_cycle(REF, house.memory.now, 1, session=None), cycle=REF)
    await house.done(do.fix(house.memory.now + timedelta(days=21), actor=actor), cycle=REF)


async def test_the_page_of_a_session_shows_its_notice_and_what_the_record_proposes(house: House) -> None:
    """The clock with its reason, the agenda by why, and what may be done."""
    await panel(house)
    await house.browser.sign_in("policy-officer")
    page = (await house.browser.get(PAGE)).text
    assert "Notice and papers are owed by" in page
    assert f"/deadlines/why/{REF}/panel-notice/1" in page
    assert "Paper 1" in page
    assert "It is due." in page
    assert f"/cycles/{REF}/act/PublishAgenda?session=1" in page
    why = (await house.browser.get(f"/deadlines/why/{REF}/panel-notice/1")).text
    assert "Papers of a panel meeting: five clear days" in why
    board = (await house.browser.get("/deadlines")).text
    assert "Notice and papers" in board
    assert "Panel secretariat" in board
    rows = (await house.browser.get("/api/v1/deadlines")).json()
    assert [(one["rule"], one["kind"]) for one in rows if one["what"] == "notice"] == [
        ("panel-papers", "statutory")
    ]
    assert (await house.browser.get(f"/cycles/{REF}/sessions/9")).status_code == 404


async def test_the_agenda_is_put_in_order_and_published(busy: House) -> None:
    """The proposed items by their numbers, one left out, one put first, one added."""
    await busy.browser.sign_in("policy-officer")
    items = {"place-1": "2", "place-2": "", "place-3": "1"}
    further = "1. Review of the action tracker\nAny other business"
    await act(busy, "PublishAgenda", "?session=1", **items, further=further, urgency="")
    sent = busy.desk.sent[-1]
    assert isinstance(sent, PublishAgenda)
    assert [(one.number, one.why, one.request) for one in sent.items] == [
        (1, "standing", None),
        (2, "due", 3),
        (3, "due", 1),
        (4, "standing", None),
    ]
    page = (await busy.browser.get(PAGE)).text
    assert "Any other business" in page
    assert "Published" in page


async def test_a_day_without_time_for_its_notice_asks_for_the_chairs_reason(busy: House) -> None:
    """The sentence stands beside the field where the reason goes."""
    await busy.browser.sign_in("policy-officer")
    on = busy.memory.now + timedelta(days=1)
    day = {"starts_on-day": str(on.day), "starts_on-month": str(on.month), "starts_on-year": str(on.year)}
    typed = {**day, "starts_hour": "14:00", "forum": "panel", "place": ""}
    path = f"/cycles/{REF}/act/FixSession"
    answer = await busy.browser.fill(path, **typed, urgency="")
    assert answer.status_code == 422
    assert "write the chair&#39;s reason for the urgency" in answer.text
    assert 'href="#urgency"' in answer.text
    page = await act(busy, "FixSession", **typed, urgency="A vacancy")
    assert "Police and Crime Panel" in page
    fixed = busy.memory.cycle(REF)
    assert fixed is not None
    assert fixed.sessions[1].rules == forums()["panel"].rules


async def test_calling_off_shows_first_what_moves_with_it(busy: House) -> None:
    """Due days that wait, the findings' days, and the session itself."""
    await busy.browser.sign_in("policy-officer")
    path = f"/cycles/{REF}/act/CancelSession"
    look = (await busy.browser.fill(path, reason="The hall has burnt down")).text
    assert "called off" in look
    assert "Request 2" in look
    assert "Findings published" in look
    assert not [one for one in busy.desk.sent if isinstance(one, CancelSession)]
    page = await act(busy, "CancelSession", reason="The hall has burnt down")
    assert "Called off." in page


async def test_a_pause_shows_first_what_stands_still(busy: House) -> None:
    """Each open request."""
    await busy.browser.sign_in("policy-officer")
    look = (await busy.browser.fill(f"/cycles/{REF}/act/Pause", reason="An inspection")).text
    assert "stands still" in look


async def test_fixing_a_session_shows_the_notice_and_the_findings(house: House) -> None:
    """Before it is confirmed."""
    house.memory.words |= s.WORDS.kept
    await house.done(s.open_cycle(REF, house.memory.now, 1, session=None), cycle=REF)
    await house.browser.sign_in("policy-officer")
    on = house.memory.now + timedelta(days=42)
    day = {"starts_on-day": str(on.day), "starts_on-month": str(on.month), "starts_on-year": str(on.year)}
    typed = {**day, "starts_hour": "14:00", "forum": "panel", "place": "", "urgency": ""}
    look = (await house.browser.fill(f"/cycles/{REF}/act/FixSession", **typed)).text
    for what in ("Notice and papers of session 1", "Findings drafted", "Findings published", "Request 1"):
        assert what in look


async def test_a_vote_is_recorded_with_the_membership_then_in_force(house: House) -> None:
    """The office's own seats are filled in; the page says what was needed."""
    await panel(house)
    house.memory.now += timedelta(days=22)
    await house.browser.sign_in("policy-officer")
    there = list(do.PANEL[:12])
    await act(house, "RecordAttendance", present="commissioner", members_present=there, chair="")
    vote = {"question": "Is the precept vetoed?", "rule": "precept-veto", "votes_for": "11"}
    page = await act(house, "RecordVote", **vote, votes_against="1", abstained="0", item="")
    assert "Vote recorded" in page
    sent = house.desk.sent[-1]
    assert isinstance(sent, RecordVote)
    assert sent.members == do.PANEL
    shown = (await house.browser.get(PAGE)).text
    assert "of 17 members then in force; 12 were needed" in shown
    assert "Lost" in shown
    assert "12 of 17 members were there; 5 are a quorum" in shown
    read = (await house.browser.get(f"/api/v1/cycles/{REF}")).json()
    assert read["cycle"]["sessions"][0]["votes"][0]["carried"] is False


async def test_questions_answers_interests_judgements_and_notes(busy: House) -> None:
    """Recorded one after the other, and drafted as notes from what was recorded."""
    await busy.done(s.accept(REF), cycle=REF)
    busy.memory.now += timedelta(days=60)
    await busy.browser.sign_in("policy-officer")
    await act(busy, "RecordAttendance", present=["commissioner", "chief-constable"], chair="commissioner")
    question = {"asked_by": "commissioner", "question": "How many?", "request": "1"}
    await act(busy, "AskQuestion", **question, allowed_late="")
    await act(busy, "RecordAnswer", question="1", answer="Twelve.", by="chief-constable")
    await act(busy, "DeclareInterest", person="commissioner", what="A relative", item="", leaves="yes")
    judgement = {"request": "1", "judgement": "partly_assured", "reasons": "Not yet."}
    await act(busy, "JudgeAssurance", **judgement)
    notes = (await busy.browser.get(f"{PAGE}/notes.md")).text
    for words in ("Chief Constable answered: Twelve.", "partly assured", "A relative; left the room"):
        assert words in notes
    draft = (await busy.browser.get(f"/cycles/{REF}/act/DraftFindings?session=1")).text
    assert "Chief Constable answered: Twelve." in draft
    await busy.browser.sign_in("commissioner")
    assert "confirm it" in (await busy.browser.get("/my-work")).text
    page = await act(busy, "ConfirmAssurance", judgement="1/1")
    assert "Not confirmed" not in page


async def test_one_meeting_serves_several_cycles(busy: House) -> None:
    """Fixed once for both, listed once, moved and noticed in both, and each says what became of it."""
    await busy.done(s.open_cycle(OTHER, busy.memory.now, 1, session=None), cycle=OTHER)
    await busy.browser.sign_in("policy-officer")
    on = busy.memory.now + timedelta(days=70)
    day = {"starts_on-day": str(on.day), "starts_on-month": str(on.month), "starts_on-year": str(on.year)}
    typed = {**day, "starts_hour": "14:00", "forum": "panel", "place": "County Hall", "urgency": ""}
    answer = await busy.browser.fill("/meetings/new", **typed, cycles=[REF, OTHER])
    assert answer.headers["location"] == "/meetings/MTG-2026-01"
    page = (await busy.browser.get("/meetings/MTG-2026-01")).text
    assert REF in page
    assert OTHER in page
    assert "Notice and papers are owed by" in page
    assert (await busy.browser.get("/meetings")).text.count("MTG-2026-01") >= 1

    path = "/meetings/MTG-2026-01/act/MoveSession"
    later = on + timedelta(days=7)
    day = {
        "starts_on-day": str(later.day),
        "starts_on-month": str(later.month),
        "starts_on-year": str(later.year),
    }
    look = await busy.browser.fill(path, **day, starts_hour="14:00", reason="The room is taken", urgency="")
    assert f"{REF}: The session" in look.text
    assert f"{OTHER}: The session" in look.text
    moved = await busy.browser.post(path, data={**_hidden(look.text), "seen": "yes"})
    assert moved.status_code == 303, moved.text
    path = "/meetings/MTG-2026-01/act/PublishAgenda"
    noticed = await busy.browser.fill(path, **{"place-1": "1", "further": "Minutes", "urgency": ""})
    assert noticed.status_code == 303, noticed.text
    for reference in (REF, OTHER):
        cycle = busy.memory.cycle(reference)
        assert cycle is not None
        session = cycle.sessions[-1]
        assert session.meeting == "MTG-2026-01"
        assert len(session.agendas[-1].agenda) == 2
    assert (await busy.browser.get("/meetings/MTG-2026-77")).status_code == 404


async def test_what_one_cycle_refuses_is_said_and_can_be_sent_again(busy: House) -> None:
    """Nothing is handed out where a cycle would refuse it; the sentence names the cycle."""
    await busy.done(s.open_cycle(OTHER, busy.memory.now, 1, session=None), cycle=OTHER)
    for reference, session in ((REF, 2), (OTHER, 1)):
        at = busy.memory.now + timedelta(days=70)
        await busy.done(do.fix(at, "holding_to_account", meeting="MTG-2026-05"), cycle=reference)
        assert session
    await busy.browser.sign_in("policy-officer")
    answer = await busy.browser.fill("/meetings/MTG-2026-05/act/RecordAttendance", present="commissioner")
    assert answer.status_code == 422
    assert f"{REF}: The session is on" in answer.text


async def test_papers_that_arrived_for_a_meeting_are_not_asked_for_again(busy: House) -> None:
    """Neither after a mistake elsewhere in the form, nor where one cycle gave no answer yet."""
    await busy.done(do.fix(busy.memory.now + timedelta(days=70), meeting="MTG-2026-05"), cycle=REF)
    await busy.browser.sign_in("policy-officer")
    path = "/meetings/MTG-2026-05/act/PublishPapers"
    paper = [("files", ("paper.txt", b"All."))]
    page = await busy.browser.fill(path, files=paper, link="ftp://x", urgency="")
    assert page.status_code == 422
    assert "paper.txt, 4 bytes" in page.text
    kept = unescape(re.findall(r'name="kept" value="([^"]*)"', page.text)[0])
    busy.desk.told = [NotKnownYet(cycle=REF, key="a-key")]
    typed = {**hidden_of(page.text, path), "kept": kept, "urgency": ""}
    waits = await busy.browser.post(path, data=typed)
    assert waits.status_code == 409
    assert "Send it again" in waits.text
    done = await busy.browser.post(path, data=hidden_of(waits.text, path))
    assert done.status_code == 303
    found = busy.memory.cycle(REF)
    assert found is not None
    assert [one.kind for one in found.sessions[-1].papers[-1].papers] == ["file"]
