"""Files on pages: held, released, refused, and copies for giving out."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from clients.copies import Copies
from clients.shelf import Shelf
from schemas.commands import SubmitReturn
from schemas.files import Scan, ScanState
from sealing.keys import KeyRing, new_key
from tests import scenario
from tests.clients.test_stacks import lying
from tests.web.conftest import REF
from tests.web.house import House, hidden_of

TASK, ITEM = f"/tasks/{REF}/2", f"/cycles/{REF}/evidence/2.1.1"
PAPER = b"All is well."


@pytest.fixture
async def sent(busy: House) -> House:
    """An office with one file in a return, and the lead who sent it signed in."""
    busy.app.state.rooms = replace(busy.rooms, copies=Copies())
    await busy.browser.sign_in("acc-local-policing")
    files = [("files", ("paper.txt", PAPER))]
    done = await busy.browser.fill(TASK, files=files, answer="provided")
    assert done.status_code == 303
    return busy


def state_of(house: House, state: ScanState, **facts: object) -> str:
    """Say what a scanner said of the file; its digest."""
    (file,) = house.shelf.noted
    known = {"digest": file.digest, "state": state, **facts}
    house.memory.scanned.known[file.digest] = Scan.model_validate(known)
    return file.digest


async def test_a_file_that_arrives_is_told_of_and_its_receipt_says_how_it_stands(sent: House) -> None:
    """The receipt comes at once; the file opens when it was found clean, and is a sentence until then."""
    assert sent.memory.scanned.nudged == 1
    digest = state_of(sent, "waiting")
    page = (await sent.browser.get(f"{TASK}/receipts/1")).text
    assert "Waiting to be scanned" in page
    assert f"/files/{digest}" not in page
    for address in (f"/files/{digest}", f"{TASK}/files/{digest}"):
        held = await sent.browser.get(address)
        assert held.status_code == 403
        assert "Waiting to be scanned. It is held" in held.text
        assert PAPER not in held.content
    state_of(sent, "clean")
    assert (await sent.browser.get(f"{TASK}/files/{digest}")).content == PAPER


async def test_a_file_that_cannot_be_read_says_so_and_nothing_of_it_is_given_out(
    sent: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It was altered, or its key is not there; whoever runs the server finds it in the log by its digest."""
    digest, ring = state_of(sent, "clean"), KeyRing((new_key(),))
    shelf = Shelf(tmp_path.as_uri(), ring)
    await shelf.stacks.write(BytesIO(PAPER), digest)
    sent.app.state.rooms = replace(sent.rooms, shelf=Shelf(tmp_path.as_uri(), KeyRing((new_key(),))))
    missing = await sent.browser.get(f"{TASK}/files/{digest}")
    assert missing.status_code == 500
    assert ring.writes.id in missing.text
    (file,) = lying(tmp_path)
    file.write_bytes(file.read_bytes()[:-1])
    sent.app.state.rooms = replace(sent.rooms, shelf=shelf)
    altered = await sent.browser.get(f"{TASK}/files/{digest}")
    assert altered.status_code == 500
    assert "is not as it was kept, so nothing of it is given out" in altered.text
    assert digest[:12] in caplog.text


async def test_an_infected_file_is_not_taken_again_and_stays_closed(sent: House) -> None:
    """Sent once more, or carried by a form from before, it is refused by name and nothing is handed in."""
    state_of(sent, "infected", found="Eicar-Test-File")
    before = len(sent.desk.sent)
    again = await sent.browser.fill(TASK, files=[("files", ("again.txt", PAPER))], answer="provided")
    assert again.status_code == 422
    assert "again.txt: The selected file contains a virus. Select another version" in again.text
    assert len(sent.desk.sent) == before
    await sent.browser.sign_in("chief-executive")
    page = (await sent.browser.get(ITEM)).text
    assert "Eicar-Test-File" in page
    assert "Release the file" not in page
    assert (await sent.browser.fill(ITEM, to=f"{ITEM}/notes", note="x", leaf="")).status_code == 303
    assert (await sent.browser.get(f"{ITEM}/copy")).status_code == 403


async def test_a_held_file_is_released_by_two_roles_with_a_reason_on_record(sent: House) -> None:
    """The reason is asked for, what was typed stays, a second submission does nothing more."""
    digest = state_of(sent, "not_scanned")
    await sent.browser.sign_in("policy-officer")
    assert "Release the file" not in (await sent.browser.get(ITEM)).text
    await sent.browser.sign_in("chief-executive")
    release = f"{ITEM}/release"
    short = await sent.browser.fill(ITEM, to=release, reason="fine")
    assert short.status_code == 422
    assert "Say why in a sentence" in short.text
    assert ">fine</textarea>" in short.text
    typed = hidden_of((await sent.browser.get(ITEM)).text, release)
    for _ in range(2):
        why = {"reason": "Looked at on another computer."}
        assert (await sent.browser.post(release, data={**typed, **why})).status_code == 303
    page = (await sent.browser.get(ITEM)).text
    assert "Not scanned, released" in page
    assert "Looked at on another computer." in page
    assert (await sent.browser.get(f"/files/{digest}")).content == PAPER
    assert [one.by for one in sent.memory.scanned.released] == ["chief-executive"]


async def test_a_demonstration_without_a_scanner_says_so_and_opens(sent: House) -> None:
    """A strip stands in the place of the scan; an infected file is held there too."""
    rooms = replace(sent.app.state.rooms, unscanned_open=True)
    sent.app.state.rooms = rooms
    digest = state_of(sent, "waiting")
    await sent.browser.sign_in("policy-officer")
    assert "This is a demonstration without a virus scanner" in (await sent.browser.get(ITEM)).text
    assert (await sent.browser.get(f"/files/{digest}")).status_code == 200
    state_of(sent, "infected")
    assert (await sent.browser.get(f"/files/{digest}")).status_code == 403


async def test_a_copy_to_give_out_is_shown_before_it_is_downloaded(sent: House) -> None:
    """The office sees what is taken out and what to look at; the force and the panel do not come in."""
    page = await sent.browser.get(f"{ITEM}/copy")
    assert page.status_code == 403
    await sent.browser.sign_in("policy-officer")
    page = await sent.browser.get(f"{ITEM}/copy")
    assert "Nothing hidden was found" in page.text
    copy = await sent.browser.get(f"{ITEM}/copy/file")
    assert copy.content == PAPER
    assert copy.headers["content-disposition"].endswith("paper-copy.txt")
    assert (await sent.browser.get(f"/cycles/{REF}/evidence/1.1.1/copy")).status_code == 404


async def test_a_file_that_no_copy_can_be_made_of_says_why(sent: House) -> None:
    """The page says what to ask for, and the address of the copy leads there."""
    bad = scenario.submit(REF, 3, items=(sent.shelf.noted[0].model_copy(update={"media_type": "image/png"}),))
    assert isinstance(bad, SubmitReturn)
    await sent.done(bad)
    await sent.browser.sign_in("policy-officer")
    item = f"/cycles/{REF}/evidence/3.1.1/copy"
    page = await sent.browser.get(item)
    assert "No copy can be made. The selected file cannot be opened" in page.text
    assert (await sent.browser.get(f"{item}/file")).headers["location"] == item
