"""The panel's page in each of its states, and the report pack: whole, the same twice, nothing withheld."""

import io
import json
import zipfile

import pikepdf
import pytest

from rules.clocks import instant
from schemas.commands import AnyCommand
from tests import scenario as s
from tests.rules import findings_acts as about
from tests.rules import session_acts
from tests.web.conftest import REF
from tests.web.house import NOW, House

SECOND = "HTA-2026-02"


def of(reference: str, command: AnyCommand) -> AnyCommand:
    """The same in another cycle, under a key of its own."""
    return command.model_copy(update={"cycle": reference, "key": f"{reference}-{command.key}"})


@pytest.fixture
async def quiet(house: House) -> House:
    """An office in which nothing has happened; the secretariat is signed in."""
    await house.browser.sign_in("panel-secretariat")
    return house


@pytest.fixture
async def published(busy: House) -> House:
    """An office with published findings."""
    busy.memory.now = instant(s.date_after(NOW, 30), "18:00")
    await busy.done(s.attendance(REF), s.judge(REF), s.findings(REF))
    await busy.done(s.approve(REF, s.CHIEF_EXECUTIVE), s.approve(REF, s.COMMISSIONER), s.publish(REF))
    await busy.browser.sign_in("panel-secretariat")
    return busy


async def with_meeting(house: House, days: int = 20) -> None:
    """A cycle whose session is a meeting of the panel."""
    at = instant(s.date_after(house.memory.now, days), "14:00")
    opened = s.open_cycle(SECOND, house.memory.now).model_copy(update={"session": None})
    await house.done(opened, of(SECOND, session_acts.fix(at, forum="panel")))


async def test_the_secretariat_begins_here_and_an_empty_page_says_so(quiet: House) -> None:
    """No meeting, nothing published, nothing asked; the clocks of the law run all the same."""
    begun = await quiet.browser.sign_in("panel-secretariat")
    assert begun.headers["location"] == "/panel"
    page = (await quiet.browser.get("/panel")).text
    for words in (
        "No meeting of the Panel is fixed.",
        "Nothing was published",
        "No recommendation or inspection report is being answered.",
        "Nothing that was promised in public is late.",
        "has not frozen the delivery plan",
        "Proposed precept to the panel",
        "rule=precept-proposal",
    ):
        assert words in page, words
    assert (await quiet.browser.get("/deadlines")).status_code == 200
    await quiet.browser.sign_in("acc-protecting-people")
    assert (await quiet.browser.get("/panel")).status_code == 403
    assert (await quiet.browser.get("/panel/pack.pdf")).status_code == 403


async def test_the_next_meeting_stands_with_its_notice(quiet: House) -> None:
    """When agenda and papers are owed and why; late once the day is past; and a file for the calendar."""
    await with_meeting(quiet)
    page = (await quiet.browser.get("/panel")).text
    assert "Give notice and publish the agenda" in page
    assert "Summons and agenda of the meeting" in page
    assert "rule=panel-papers" in page
    key = f"{SECOND.lower()}-1"
    said = await quiet.browser.get(f"/meetings/{key}.ics")
    assert said.headers["content-type"].startswith("text/calendar")
    assert said.text.count("BEGIN:VEVENT") == 1
    assert (await quiet.browser.get("/meetings/hta-2026-99-1.ics")).status_code == 404
    quiet.memory.now = instant(s.date_after(quiet.memory.now, 16), "09:00")
    await quiet.browser.sign_in("panel-secretariat")
    assert "Late</strong>" in (await quiet.browser.get("/panel")).text
    quiet.memory.now = instant(s.date_after(quiet.memory.now, 10), "09:00")
    await quiet.browser.sign_in("panel-secretariat")
    page = (await quiet.browser.get("/panel")).text
    assert "nobody has recorded it" in page
    assert "No meeting of the Panel is fixed." in page


async def test_what_was_published_since_the_last_meeting(published: House) -> None:
    """Before any meeting everything; after one only what is newer; what is withdrawn as its notice."""
    page = (await published.browser.get("/panel")).text
    assert "No meeting of the Panel is on record yet, so this is everything." in page
    assert f"/findings/{REF.lower()}" in page
    await published.done(about.withdraw().model_copy(update={"cycle": REF}))
    page = (await published.browser.get("/panel")).text
    assert "Withdrawn</strong>" in page
    assert "These findings named somebody. They come again." in page
    cycle = published.memory.cycle(REF)
    assert cycle is not None
    answer = published.memory.words[cycle.findings[-1].answer]
    assert answer not in page
    with zipfile.ZipFile(io.BytesIO((await published.browser.get("/panel/pack.zip")).content)) as pack:
        assert not [one for one in pack.namelist() if one.endswith(f"{REF.lower()}-v1.pdf")]
        assert answer not in pack.read("panel.json").decode()


async def test_the_paper_is_one_that_everybody_can_read(published: House) -> None:
    """Tagged, titled, PDF/UA-1, with its facts attached, and the same bytes twice."""
    await with_meeting(published)
    first = await published.browser.get("/panel/pack.pdf")
    assert first.headers["content-type"] == "application/pdf"
    assert first.content == (await published.browser.get("/panel/pack.pdf")).content
    with pikepdf.open(io.BytesIO(first.content)) as paper:
        assert bool(paper.Root.MarkInfo.Marked)
        with paper.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert "Report to the Police and Crime Panel" in told["dc:title"]
        facts = json.loads(paper.attachments["panel.json"].get_file().read_bytes())
    assert [one["reference"] for one in facts["findings"]] == [REF]
    assert facts["clocks"]


async def test_the_pack_holds_the_findings_and_a_manifest(published: House) -> None:
    """The PDF, each finding's own PDF and data, tables, and digests to check them by; twice the same."""
    answer = await published.browser.get("/panel/pack.zip")
    assert answer.content == (await published.browser.get("/panel/pack.zip")).content
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        names = set(pack.namelist())
        manifest = json.loads(pack.read("manifest.json"))
    slug = REF.lower()
    assert names >= {
        "report.pdf", "panel.json", "findings.csv", "clocks.csv", "actions.csv", "manifest.json",
        "SHA256SUMS", f"findings/{slug}-v1.pdf", f"findings/{slug}-v1.json",
    }  # fmt: skip
    assert {one["name"] for one in manifest["files"]} == names - {"manifest.json", "SHA256SUMS"}


async def test_what_is_taken_out_is_in_no_file_of_the_pack(busy: House) -> None:
    """The copy is what everybody reads, here as anywhere; a draft is not there at all."""
    busy.memory.now = instant(s.date_after(NOW, 30), "18:00")
    await busy.done(s.attendance(REF), s.judge(REF), s.findings(REF))
    cycle = busy.memory.cycle(REF)
    assert cycle is not None
    secret = busy.memory.words[cycle.findings[-1].body]
    await busy.done(*(one.model_copy(update={"cycle": REF}) for one in (about.redact(), about.check())))
    await busy.browser.sign_in("policy-officer")
    assert REF not in (await busy.browser.get("/panel")).text.split('id="published"')[1]
    await busy.done(s.approve(REF, s.CHIEF_EXECUTIVE), s.approve(REF, s.COMMISSIONER), s.publish(REF))
    with zipfile.ZipFile(io.BytesIO((await busy.browser.get("/panel/pack.zip")).content)) as pack:
        said = b"".join(pack.read(one) for one in pack.namelist() if not one.endswith(".pdf")).decode()
    assert secret not in said
    assert "withheld" in said
