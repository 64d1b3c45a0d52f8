"""The Panel's secretariat: everything since the Panel met last, notice of the next meeting, and the pack."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from rules.clocks import civil
from schemas.commands import AnyCommand
from tests import scenario as s
from tests.chaos.product import Running
from tests.journeys.browser import Person, signed_in, visitor
from tests.journeys.past import Act, Past, ago, begins
from tests.journeys.steps import clean, sends, shows, waits_for
from tests.rules import session_acts

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

LAST, NEXT = 20, 12
"""Working days ago, and from now."""
CLEAR = 6
"""Five clear days: neither the day of the notice nor that of the meeting counts."""
OLD = "Before the Panel met: nothing has changed."
NEW = "Since the Panel met: every household that was burgled is visited."
IN_FLIGHT = "HTA-2026-02"
MINUTES = "Minutes of the last meeting"


def of(reference: str, command: AnyCommand) -> AnyCommand:
    """The same in another cycle."""
    return command.model_copy(update={"cycle": reference})


MET: tuple[Act, ...] = (
    (31, "10:00", lambda it: of(it, session_acts.fix(ago(LAST, "14:00")))),
    (30, "10:00", lambda it: of(it, session_acts.agenda(session=2))),
    (LAST, "15:30", lambda it: of(it, session_acts.attended(session=2))),
)
"""How the Panel met last: fixed, noticed in time, held."""


def test_the_secretariat_gives_notice_and_takes_the_pack_with_it(running: Running, browser: Browser) -> None:
    """All since the last meeting is there; the next is fixed and noticed in time; one click, the pack."""
    base = f"http://127.0.0.1:{running.port}"
    before = told(running, "Who is visited", 34, 26, OLD)
    since = told(running, "Who is visited now", 32, 12, NEW, *MET)
    secretariat = signed_in(browser, base, "panel-secretariat")
    assert secretariat.page.url.endswith("/panel")
    begins_its_day(secretariat)
    days = soonest(secretariat)
    on = civil(ago(-days, "12:00"))
    meeting = fixes(secretariat, on)
    owed = clock(secretariat, on)
    expect(owed).to_contain_text(day(civil(ago(CLEAR - days, "12:00"))))
    clean(secretariat)
    gives_notice(secretariat, on)
    takes_the_pack(secretariat, before, since, on)
    everybody_knows(visitor(browser, base), meeting, on)
    office_knows(signed_in(browser, base, "policy-officer"), meeting)
    assert secretariat.said == []


def told(running: Running, title: str, session: int, published: int, answer: str, *acts: Act) -> Past:
    """A cycle of weeks ago with its findings."""
    past = begins(running, 45, session, title=title, question="Is everybody visited who was burgled?")
    past.happens((43, "10:00", s.submit), (42, "10:00", s.accept), (session, "15:00", s.attendance), *acts)
    past.accounted(published, answer, "So the force's own figures say.")
    return past


def begins_its_day(secretariat: Person) -> None:
    """The page that the day begins with: when the Panel met last, and what it can read since."""
    shows(secretariat, f"The Panel met last on {day(civil(ago(LAST, '12:00')))}")
    assert secretariat.reads(NEW)
    assert not secretariat.reads(OLD)
    clean(secretariat)


def soonest(secretariat: Person) -> int:
    """So many working days from now there is room for a meeting before any that is fixed already."""
    return next(
        days for days in range(NEXT, CLEAR, -1) if not secretariat.reads(day(civil(ago(-days, "12:00"))))
    )


def fixes(secretariat: Person, on: date) -> str:
    """Fix the next meeting on the cycle in flight; its reference."""
    secretariat.go("/meetings/new")
    secretariat.tick("cycles", IN_FLIGHT)
    secretariat.day("starts_on", on)
    secretariat.fill(starts_hour="10:30", forum="panel", place="County Hall")
    clean(secretariat)
    secretariat.press("Fix the meeting")
    shows(secretariat, "Recorded in 1 cycle")
    clean(secretariat)
    return secretariat.page.url.rsplit("/", 1)[-1]


def clock(secretariat: Person, on: date) -> Locator:
    """The line of the page that says until when notice of a meeting is owed."""
    waits_for(secretariat, "/panel", f"Summons and agenda of the meeting of {day(on)}")
    return secretariat.page.locator("#panel tr", has_text="Summons and agenda of the meeting of")


def gives_notice(secretariat: Person, on: date) -> None:
    """Put the agenda together from what the record proposes, add to it, and publish it in time."""
    secretariat.page.get_by_role("link", name="Give notice and publish the agenda").click()
    secretariat.fill(further=f"1. {MINUTES}")
    clean(secretariat)
    sends(secretariat)
    shows(secretariat, MINUTES)
    expect(clock(secretariat, on)).to_contain_text("Published, ")
    shows(secretariat, "Publish the agenda again")
    clean(secretariat)


def takes_the_pack(secretariat: Person, before: Past, since: Past, on: date) -> None:
    """One click for the paper, one for everything: what is new is in it, and every digest is right."""
    with secretariat.page.expect_download() as paper:
        secretariat.page.get_by_role("button", name="Get the report").click()
    assert paper.value.path().read_bytes().startswith(b"%PDF-")
    with secretariat.page.expect_download() as files:
        secretariat.page.get_by_role("button", name="With findings").click()
    inside = opened(files.value.path())
    said = json.loads(inside["panel.json"])
    assert day(on) in said["meeting"]
    assert NEW in {one["words"] for one in said["published"]}
    assert OLD not in {one["words"] for one in said["published"]}
    assert f"findings/{since.reference.lower()}-v1.pdf" in inside
    assert f"findings/{before.reference.lower()}-v1.pdf" not in inside
    rows = csv.DictReader(io.StringIO(inside["clocks.csv"].decode("utf-8-sig")))
    notice = next(row for row in rows if row["clock"].startswith("Summons and agenda"))
    assert notice["state"].startswith("Published, ")


def opened(pack: Path) -> dict[str, bytes]:
    """Every file of a pack, each as its manifest says."""
    with zipfile.ZipFile(pack) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    for one in json.loads(inside["manifest.json"])["files"]:
        assert hashlib.sha256(inside[one["name"]]).hexdigest() == one["sha256"]
    return inside


def everybody_knows(reader: Person, meeting: str, on: date) -> None:
    """The public finds the meeting, its agenda, and that notice came in time."""
    waits_for(reader, "/meetings", day(on))
    clean(reader)
    waits_for(reader, f"/meetings/{meeting.lower()}", MINUTES)
    shows(reader, "in time")
    clean(reader)
    assert reader.said == []


def office_knows(officer: Person, meeting: str) -> None:
    """The office sees the notice in its list, and whose the next step is."""
    officer.go("/meetings")
    expect(officer.page.locator("main tr", has_text=meeting)).to_contain_text("Given ")
    officer.go(f"/cycles/{IN_FLIGHT}")
    shows(officer, "Panel")
    assert officer.said == []


def day(on: date) -> str:
    """A day as pages say it."""
    return f"{on:%A} {on.day} {on:%B} {on.year}"
