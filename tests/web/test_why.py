"""The "why this date" panel: on every page that shows a deadline, on one of its own, and as JSON."""

import re
from html import unescape
from typing import get_args

import httpx
import pytest

from clients.shelf import Shelf
from rules.law.register import RULES
from rules.meeting.notice_rule import LOCAL
from schemas.commands import ConfirmAction, ProposeAction
from schemas.records import Deadline
from schemas.rows import DeadlineRow
from store.keeping import Keeping
from store.pool import Pool
from store.sessions import Sessions
from tests import scenario as s
from tests.conftest import Office
from tests.web.conftest import REF
from tests.web.house import NOW, OFFICE, Browser, House
from tests.web_public.test_real import published
from web.app import create_app
from web.door.rooms import Rooms
from web.law.reasons import KINDS, with_rule

KINDS_SAID = "Set by the office, not law"


def panel_in(page: httpx.Response) -> str:
    """The page's words, once it is seen to hold a whole panel."""
    said = unescape(page.text)
    assert page.status_code == 200
    assert "Why this date?" in said
    assert 'role="img"' in said
    assert " style=" not in said
    assert KINDS_SAID in said
    assert "Not verified" in said
    assert 'href="https://www.legislation.gov.uk/ukpga/2011/13/section/36"' in said
    assert re.search(r"<td[^>]*>Counted</td>", said)
    ids = re.findall(r' id="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))
    return said


async def with_action(house: House) -> str:
    """An action that both sides agreed."""
    facts = {"cycle": REF, "action": "2026/001"}
    proposal = {"what": s.say("Do it"), "owner": s.LEAD.person, "due_on": s.date_after(NOW, 20)}
    await house.done(
        ProposeAction.model_validate({**facts, **proposal, "key": s.key(), "actor": s.OFFICER}),
        ConfirmAction.model_validate({**facts, "key": s.key(), "actor": s.COORDINATION}),
    )
    return facts["action"]


async def test_a_request_says_why_it_is_due_then(busy: House) -> None:
    """To the office, whole; and to the lead who owes it."""
    await busy.browser.sign_in("policy-officer")
    said = panel_in(await busy.browser.get(f"/cycles/{REF}/requests/2"))
    assert "Planned backwards from the session" in said
    await busy.browser.sign_in("acc-local-policing")
    panel_in(await busy.browser.get(f"/tasks/{REF}/2"))


async def test_the_cycle_and_the_board_lead_to_each_sum(busy: House) -> None:
    """Every deadline has a link of its own, and every link a page."""
    await with_action(busy)
    await busy.browser.sign_in("policy-officer")
    links = set()
    for where in (f"/cycles/{REF}", "/deadlines"):
        page = await busy.browser.get(where)
        found = re.findall(r'href="(/deadlines/why/[^"]+)"', page.text)
        assert len(found) == len(set(found)) >= 3
        links |= set(found)
    assert f"/deadlines/why/{REF}/action/2026/001" in links
    for link in links:
        page = await busy.browser.get(link)
        assert page.status_code == 200, link
        assert KINDS_SAID in page.text
        assert 'role="img"' in page.text


async def test_the_panel_is_not_told_of_what_the_force_owes(busy: House) -> None:
    """A return is between the office and the force, and so is its day."""
    await busy.browser.sign_in("panel-secretariat")
    assert (await busy.browser.get(f"/deadlines/why/{REF}/return/2")).status_code == 404


@pytest.mark.parametrize("person", ["acc-local-policing", "commissioner"])
async def test_whoever_may_see_the_board_may_see_why(busy: House, person: str) -> None:
    """And nobody else."""
    where = f"/deadlines/why/{REF}/return/2"
    assert (await busy.browser.get(where)).status_code == 303
    await busy.browser.sign_in(person)
    panel_in(await busy.browser.get(where))


@pytest.mark.parametrize(
    "key", ["return/9", "return/x", "nothing", "action/2026/009", "session/9", "findings", "return/", "%00"]
)
async def test_what_is_not_due_has_no_sum(busy: House, key: str) -> None:
    """Not found, on the page and for programs."""
    await busy.browser.sign_in("policy-officer")
    for where in (f"/deadlines/why/{REF}/{key}", f"/api/v1/cycles/{REF}/why/{key}"):
        assert (await busy.browser.get(where)).status_code == 404
    assert (await busy.browser.get("/deadlines/why/HTA-2026-99/return/1")).status_code == 404


async def test_programs_get_rule_kind_source_and_mark(busy: House) -> None:
    """With every deadline, and with the whole sum behind it."""
    await with_action(busy)
    await busy.browser.sign_in("policy-officer")
    rows = (await busy.browser.get("/api/v1/deadlines")).json()
    assert {row["what"] for row in rows} == {"return", "action", "session"}
    for row in rows:
        sum_ = (await busy.browser.get(row["why"])).json()
        assert RULES[row["rule"]].mark == row["mark"]
        assert row["kind"] in KINDS
        assert {name: sum_[name] for name in ("rule", "source", "mark")} == {
            name: row[name] for name in ("rule", "source", "mark")
        }
        assert sum_["due_at"] == row["due_at"]
        assert set(sum_) == {"cycle", "key", "rule", "kind", "source", "mark", "calendar", "due_on", "due_at",
                             "advice_on", "days", "words"}  # fmt: skip


async def test_an_edition_that_is_not_here_is_said_in_a_sentence(busy: House) -> None:
    """The day is not counted with another edition."""
    entries = busy.memory.ledgers[REF]
    event = entries[0].event.model_copy(update={"calendar": "narnia/2026-01-01"})
    entries[0] = entries[0].model_copy(update={"event": event})
    await busy.browser.sign_in("policy-officer")
    page = await busy.browser.get(f"/deadlines/why/{REF}/session/1")
    data = await busy.browser.get(f"/api/v1/cycles/{REF}/why/session/1")
    assert page.status_code == data.status_code == 422
    assert "no such calendar" in page.text
    assert (data.json()["code"], data.json()["source"]) == ("unknown_calendar", "process.clocks")


async def test_everybody_finds_the_calculator(busy: House) -> None:
    """From the foot of every page, signed in or not; and the rules as JSON without signing in."""
    assert "/deadlines/calculator" in (await busy.browser.get("/about")).text
    assert (await busy.browser.get("/deadlines/calculator")).status_code == 200
    rows = (await busy.browser.get("/api/v1/rules")).json()
    assert all(row["mark"] in {"verified", "partly", "not_verified"} for row in rows)


@pytest.mark.real
async def test_a_cycle_that_was_worked_through_explains_its_days(
    office: Office, pool: Pool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On the real engine: the public findings, the office's pages and the sums agree with the record."""
    ref = await published(office)
    home = tmp_path_factory.mktemp("files")
    rooms = Rooms(
        desk=office.desk, reads=office.reads, shelf=Shelf(home.as_uri()), keeping=Keeping(pool),
        office=OFFICE, standalone=True, home=home, sessions=Sessions(pool),
    )  # fmt: skip
    transport = httpx.ASGITransport(create_app(rooms))
    async with Browser(transport=transport, base_url=OFFICE.public_url, timeout=60) as browser:
        said = panel_in(await browser.get(f"/findings/{ref.lower()}"))
        assert said.count("Why this date?") == 3
        assert "it was started again" in said
        await browser.sign_in("policy-officer")
        found = await office.reads.cycle(ref)
        assert found
        for request in found.cycle.requests:
            assert request.due
            sum_ = (await browser.get(f"/api/v1/cycles/{ref}/why/return/{request.number}")).json()
            assert sum_["due_on"] == request.due.on.isoformat()
            assert request.due.on.isoformat() in {one["on"] for one in sum_["days"]}
        rows = (await browser.get("/api/v1/deadlines", params={"cycle": ref})).json()
        assert [row["rule"] for row in rows] == ["action"]
        assert (await browser.get(f"/deadlines/why/{ref}/action/2026/001")).status_code == 200


@pytest.mark.parametrize("what", get_args(Deadline.model_fields["what"].annotation))
def test_every_kind_of_deadline_says_a_rule_of_its_own(what: str) -> None:
    """Only a notice that no law asks for is told by its forum's own rule."""
    row = DeadlineRow(
        cycle=REF, cycle_title="", key=f"{what.replace('_', '-')}/1", what=what, number="1", title="",
        owner=None, owner_title=None, due_at=NOW, missed=False, done=False,
    )  # fmt: skip
    assert (with_rule(row).rule == LOCAL.id) == (what == "notice")
