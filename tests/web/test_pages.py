"""The pages: what they say when all is well, when nothing is there, and when something is wrong."""

import re
from datetime import timedelta

import pytest

from schemas.commands import AcceptReturn, MoveSession, OpenCycle, SubmitReturn
from schemas.outcomes import NotKnownYet, Refused
from tests import scenario
from tests.web.conftest import REF
from tests.web.house import House, hidden_of


async def test_an_empty_board_says_that_today_is_fine(house: House) -> None:
    """Somebody with nothing to do reads so in one sentence."""
    await house.browser.sign_in("policy-officer")
    page = await house.browser.get("/my-work")
    assert "Nothing needs you." in page.text
    assert "No cycle is open." in page.text


async def test_the_board_has_one_button_for_a_return_that_came_in(busy: House) -> None:
    """A return that waits for the officer is on the board, with the page where it is checked."""
    await busy.browser.sign_in("policy-officer")
    page = await busy.browser.get("/my-work")
    assert "1 thing needs you today. Everything else is on time." in page.text
    assert f'href="/cycles/{REF}/requests/1"' in page.text


async def test_the_signature_is_asked_of_the_chief_executive_first(busy: House) -> None:
    """Drafted findings wait on the chief executive's board and on nobody else's."""
    busy.memory.now += timedelta(days=60)
    for command in (scenario.attendance(REF), scenario.findings(REF)):
        await busy.desk.send(command, scenario.WORDS)
    for who, waits in (("chief-executive", True), ("commissioner", False), ("policy-officer", False)):
        await busy.browser.sign_in(who)
        page = await busy.browser.get("/my-work")
        assert ("wait for your signature" in page.text) is waits, who


@pytest.mark.parametrize("path", ["/cycles/HTA-2026-99", "/cycles/nonsense", "/nowhere", "/mail/x"])
async def test_what_is_not_there_is_said_in_the_same_look(house: House, path: str) -> None:
    """An address that leads nowhere answers 404 with a page of ours."""
    await house.browser.sign_in("policy-officer")
    page = await house.browser.get(path)
    assert page.status_code == 404
    assert "Page not found" in page.text
    assert "This page was made on" in page.text


async def test_no_results_names_the_filter_to_drop(busy: House) -> None:
    """A search without results says what was searched for."""
    await busy.browser.sign_in("policy-officer")
    page = await busy.browser.get("/cycles", params={"search": "<zebra>", "stage": "planned"})
    assert re.search("0 results for .&lt;zebra&gt;., in the stage .planned.", page.text)


async def test_a_cycle_shows_who_holds_it_and_what_may_be_done(busy: House) -> None:
    """The page of a cycle has its stage, its holder, its history and the forms of the reader's role."""
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get(f"/cycles/{REF}")).text
    assert "The force is preparing its evidence." in page
    assert "Assistant Chief Constable, Local Policing</strong>" in page
    assert f"/cycles/{REF}/act/AcceptReturn" in page
    assert "Return received: request 1" in page
    await busy.browser.sign_in("chief-executive")
    page = (await busy.browser.get(f"/cycles/{REF}")).text
    assert f"/cycles/{REF}/act/AcceptReturn" not in page
    assert f"/cycles/{REF}/act/Pause" in page


async def test_a_wrong_form_comes_back_with_what_was_typed(busy: House) -> None:
    """Errors are listed first and beside the field, the title says so, and the typed text is kept."""
    await busy.browser.sign_in("policy-officer")
    page = await busy.browser.fill(f"/cycles/{REF}/act/SendBack?request=1", gap="The tables <b>", due="")
    assert page.status_code == 422
    assert "<title>Error: " in page.text
    assert 'href="#due-kind"' in page.text
    assert "The tables &lt;b&gt;" in page.text
    assert not busy.desk.sent


async def test_a_refusal_stands_beside_its_field(busy: House) -> None:
    """What the rules refuse is shown like any other error, at the field that has to change."""
    await busy.browser.sign_in("policy-officer")
    page = await busy.browser.fill(
        f"/cycles/{REF}/act/SendBack?request=1",
        **{
            "gap": "More",
            "due-kind": "on_date",
            "due-on-day": "1",
            "due-on-month": "1",
            "due-on-year": "2026",
        },
    )
    assert page.status_code == 422
    assert "calendar" in page.text or "is past" in page.text
    assert 'href="#due-kind"' in page.text


async def test_what_was_done_meanwhile_is_said_and_nothing_is_lost(busy: House) -> None:
    """Where a colleague was faster, the page says who, in which role, what and how long ago."""
    await busy.browser.sign_in("policy-officer")
    page = await busy.browser.get(f"/cycles/{REF}/act/AcceptReturn?request=1")
    form = hidden_of(page.text, f"/cycles/{REF}/act/AcceptReturn")
    await busy.desk.send(scenario.accept(REF))
    busy.memory.now += timedelta(minutes=2)
    again = await busy.browser.post(f"/cycles/{REF}/act/AcceptReturn", data=form)
    assert again.status_code == 409
    assert "Policy officer accepted this 2 minutes ago. Nothing was lost" in again.text


async def test_a_form_sent_twice_is_done_once(busy: House) -> None:
    """A double click sends the same key, and both clicks lead to the page that shows what was done."""
    await busy.browser.sign_in("policy-officer")
    path = f"/cycles/{REF}/act/AcceptReturn"
    form = hidden_of((await busy.browser.get(f"{path}?request=1")).text, path)
    first, second = [await busy.browser.post(path, data=form) for _ in range(2)]
    assert first.headers["location"] == second.headers["location"] == f"/cycles/{REF}"
    assert [one.key for one in busy.desk.sent] == [form["key"]] * 2
    assert all(isinstance(one, AcceptReturn) for one in busy.desk.sent)
    assert "Return accepted" in (await busy.browser.get(f"/cycles/{REF}")).text


async def test_no_answer_yet_offers_the_same_form_again(busy: House) -> None:
    """Where the engine is silent the page says so and sends the same key again."""
    await busy.browser.sign_in("policy-officer")
    busy.desk.told.append(NotKnownYet(cycle=REF, key="k" * 8))
    page = await busy.browser.fill(
        f"/cycles/{REF}/act/AcceptReturn?request=1", to=f"/cycles/{REF}/act/AcceptReturn"
    )
    assert page.status_code == 202
    assert "We have your act" in page.text
    again = await busy.browser.post(
        f"/cycles/{REF}/act/AcceptReturn", data=hidden_of(page.text, f"/cycles/{REF}/act/AcceptReturn")
    )
    assert again.status_code == 303
    assert busy.desk.sent[0] == busy.desk.sent[1]


async def test_moving_a_session_shows_what_moves_with_it_first(busy: House) -> None:
    """Nothing is sent until the days that move have been looked at."""
    await busy.browser.sign_in("policy-officer")
    path = f"/cycles/{REF}/act/MoveSession"
    day = {"starts_on-day": "11", "starts_on-month": "1", "starts_on-year": "2027", "starts_hour": "10.30"}
    look = await busy.browser.fill(path, reason="The hall is taken", **day)
    assert "Days that change" in look.text
    assert "Request 2: Paper 2" in look.text
    assert not busy.desk.sent
    changed = await busy.browser.post(path, data={**hidden_of(look.text, path), "change": "yes"})
    assert "The hall is taken" in changed.text
    done = await busy.browser.post(path, data={**hidden_of(look.text, path), "seen": "yes"})
    assert done.status_code == 303
    assert isinstance(busy.desk.sent[0], MoveSession)


async def test_a_weekend_has_to_be_confirmed(busy: House) -> None:
    """A session on a Sunday is refused at the box that confirms it."""
    await busy.browser.sign_in("policy-officer")
    day = {"starts_on-day": "10", "starts_on-month": "1", "starts_on-year": "2027", "starts_hour": "10:30"}
    page = await busy.browser.fill(f"/cycles/{REF}/act/MoveSession", reason="A reason", **day)
    assert page.status_code == 422
    assert 'href="#confirmed"' in page.text


async def test_a_cycle_is_opened_with_only_the_rows_that_were_filled_in(house: House) -> None:
    """Blank requests are left out, and the office fills in standards, calendar and reference."""
    await house.browser.sign_in("policy-officer")
    done = await house.browser.fill("/cycles/new/at-once", **OPENING)
    assert done.headers["location"] == "/cycles/HTA-2026-01"
    (command,) = house.desk.sent
    assert isinstance(command, OpenCycle)
    assert [one.lead for one in command.requests] == ["acc-local-policing"]
    assert command.standards.id == "performance"
    assert command.theme == "victims"
    assert command.actor.on_behalf_of == "west-mercia-opcc"


OPENING = {
    "kind_of_cycle": "performance",
    "title": "Second quarter",
    "question": "Is it better?",
    "commitments": "SWM-VICTIMS-01",
    "starts_on-day": "11",
    "starts_on-month": "1",
    "starts_on-year": "2027",
    "starts_hour": "14:00",
    "forum": "holding_to_account",
    "ask": "now",
    "r2_title": "Performance pack",
    "r2_asked": "- Volumes\n- Reasons",
    "r2_lead": "acc-local-policing",
    "r2_form": "report",
    "r2_due-kind": "before_session",
    "r2_due-before_session": "5",
}


async def test_an_opening_that_is_not_right_keeps_the_draft(house: House) -> None:
    """A missing question is named, one more row can be had, and everything typed is still there."""
    await house.browser.sign_in("policy-officer")
    page = await house.browser.fill("/cycles/new/at-once", **{**OPENING, "question": " "})
    assert page.status_code == 422
    assert "Enter the question" in page.text
    assert "Performance pack" in page.text
    more = await house.browser.fill("/cycles/new/at-once", **{**OPENING, "more": "yes"})
    assert 'name="r3_title"' in more.text
    assert "Performance pack" in more.text
    assert not house.desk.sent


async def test_a_refused_lead_is_marked_in_its_own_row(house: House) -> None:
    """A refusal of the first request in the command is shown at the second row, where it was written."""
    await house.browser.sign_in("policy-officer")
    house.desk.told.append(
        Refused(code="no_address", message="Nobody reads there.", source="x", field="requests.1.lead")
    )
    page = await house.browser.fill("/cycles/new/at-once", **OPENING)
    assert page.status_code == 422
    assert 'href="#r2_lead"' in page.text


async def test_a_lead_sends_files_and_gets_a_receipt(busy: House) -> None:
    """The receipt names each file with its size and digest, and the hour at which it was received."""
    await busy.browser.sign_in("acc-local-policing")
    files = [("files", ("paper.txt", b"All is well.")), ("files", ("data.csv", b"a,b\n"))]
    done = await busy.browser.fill(f"/tasks/{REF}/2", files=files, answer="provided", written="See files")
    assert done.headers["location"] == f"/tasks/{REF}/2/receipts/1"
    page = (await busy.browser.get(done.headers["location"])).text
    command = busy.desk.sent[-1]
    assert isinstance(command, SubmitReturn)
    assert [item.kind for item in command.items] == ["file", "file", "written"]
    assert all(file.digest in page for file in busy.shelf.noted)
    assert "12 bytes" in page
    assert "Monday 23 November 2026 at 09:00" in page
    file = await busy.browser.get(f"/files/{busy.shelf.noted[0].digest}?name=a%22b.txt")
    assert file.content == b"All is well."
    assert file.headers["content-disposition"] == "attachment; filename*=UTF-8''a%22b.txt"
    assert "sandbox" in file.headers["content-security-policy"]


async def test_a_file_that_arrived_is_not_asked_for_again(busy: House) -> None:
    """After a mistake elsewhere in the form the file is kept, and a forged one is not."""
    await busy.browser.sign_in("acc-local-policing")
    path = f"/tasks/{REF}/2"
    page = await busy.browser.fill(path, files=[("files", ("paper.txt", b"All."))], answer="", link="ftp://x")
    assert page.status_code == 422
    assert "paper.txt, 4 bytes" in page.text
    token = page.text.split('name="kept" value="')[1].split('"')[0]
    typed = {**hidden_of(page.text, path), "answer": "provided"}
    forged = await busy.browser.post(path, data={**typed, "kept": token[:-2] + "xx", "key": "another-key-1"})
    assert "Add a file, write an answer or give a link" in forged.text
    done = await busy.browser.post(path, data={**typed, "kept": token})
    assert done.status_code == 303


async def test_a_file_that_is_not_taken_is_named(busy: House) -> None:
    """The shelf's own sentence stands beside the files, and nothing is sent."""
    await busy.browser.sign_in("acc-local-policing")
    page = await busy.browser.fill(
        f"/tasks/{REF}/2", files=[("files", ("tool.exe", b"MZ"))], answer="provided"
    )
    assert page.status_code == 422
    assert "tool.exe: This type of file is not taken." in page.text
    assert not busy.desk.sent


async def test_another_leads_task_is_not_shown(busy: House) -> None:
    """A lead sees only what was put to that lead; force coordination sees all."""
    await busy.browser.sign_in("acc-protecting-people")
    assert (await busy.browser.get(f"/tasks/{REF}/2")).status_code == 403
    await busy.browser.sign_in("force-coordination")
    assert (await busy.browser.get(f"/tasks/{REF}/2")).status_code == 200


async def test_the_mail_of_this_machine_can_be_read(house: House) -> None:
    """The catcher's messages are listed and shown as plain words."""
    folder = house.rooms.home / "mail"
    folder.mkdir()
    (folder / f"{'a' * 64}.eml").write_bytes(b"To: a@b.example\nSubject: Hello\n\n<script>x</script>\n")
    await house.browser.sign_in("policy-officer")
    assert "Hello" in (await house.browser.get("/mail")).text
    page = await house.browser.get(f"/mail/{'a' * 64}")
    assert "&lt;script&gt;" in page.text
