# ruff: noqa: E501 - a state is a line of a table
"""The panel's page, the office's settings, its letters, and what comes in and goes out."""

from dataclasses import replace

import httpx

from clients.copies import Copies
from schemas.files import ScanState
from tests.screens import worlds as w
from tests.screens.office_screens import BOSS, CYCLE, LEAD, OFFICER
from tests.screens.stage import Screen, State, seen, sent
from tests.web import test_files as files
from tests.web import test_importing as importing
from tests.web import test_panel as panel
from tests.web import test_posting as posting
from tests.web import test_windows as windows
from tests.web.house import House
from tests.web.tracker_files import a_tracker

SECRETARIAT, LETTER = "panel-secretariat", "/settings/letters/evidence_reminder"
KIND = "/settings/standards/performance"
PERSON, NEW_PERSON = f"/settings/people/{LEAD}", "/settings/people/new"


async def with_meeting(house: House) -> None:
    """Findings are published and a meeting of the panel is to come."""
    await w.released(house)
    await panel.with_meeting(house)


async def changing(house: House) -> None:
    """The office changes the standards that a cycle under way follows."""
    windows.change(house, review_days=4)


async def changed(house: House) -> None:
    """It has changed them."""
    await w.busy(house)
    await changing(house)


async def came_back(house: House) -> None:
    """A letter could not be delivered."""
    await w.busy(house)
    posting.put(house, "bounced")


def tracker(name: str, page: str, *, wrong: bool = False, kind: str = "normal") -> State:
    """A tracker that an officer brings in, as far as a page."""

    async def make(house: House) -> httpx.Response:
        if wrong:
            return await importing.uploaded(house, b"")
        content = a_tracker(await importing.lead(house))
        if not page:
            answer = await importing.uploaded(house, content)
            return await house.browser.get(answer.headers["location"])
        await importing.previewed(house, content)
        if page == "/result":
            await importing.carried_out(house)
        return await house.browser.get(f"/import/1{page}")

    path = "/import" if wrong else f"/import/1{page}"
    return State(name, "wrong" if wrong else kind, path, make, 422 if wrong else 200)


def in_file(
    name: str, path: str, who: str, standing: ScanState, *, kind: str = "normal", **facts: str
) -> State:
    """A page of a file, after what a scanner said of it."""

    async def make(house: House) -> httpx.Response:
        await w.busy(house)
        house.app.state.rooms = replace(house.rooms, copies=Copies())
        await house.browser.sign_in(LEAD)
        sent_in = [("files", ("paper.txt", files.PAPER))]
        await house.browser.fill(files.TASK, files=sent_in, answer="provided")
        files.state_of(house, standing, **facts)
        await house.browser.sign_in(who)
        return await house.browser.get(path)

    return State(name, kind, path, make)


PANEL_SCREEN = Screen("Panel", ("/panel",), (
    seen("panel", with_meeting, "/panel", SECRETARIAT),
    seen("panel-empty", w.empty, "/panel", SECRETARIAT, kind="empty"),
    seen("panel-late", w.late, "/panel", SECRETARIAT, kind="late"),
    seen("panel-forbidden", w.busy, "/panel", LEAD, kind="forbidden", status=403),
    seen("panel-down", w.busy, "/panel", SECRETARIAT, kind="down", status=503, down=True),
    seen("deadlines-panel", w.busy, "/deadlines", SECRETARIAT),
    seen("deadlines-panel-empty", w.empty, "/deadlines", SECRETARIAT, kind="empty"),
))  # fmt: skip

OWN_SETTINGS = Screen("Settings", (
    "/settings", "/settings/health", "/settings/organisation", "/settings/people", "/settings/people/new",
    "/settings/people/{who}", "/settings/record", "/settings/retention", "/settings/standards",
    "/settings/standards/{kind}",
), (
    seen("settings", w.busy, "/settings", OFFICER),
    seen("settings-health", w.busy, "/settings/health", OFFICER),
    seen("settings-organisation", w.busy, "/settings/organisation", OFFICER),
    seen("settings-people", w.busy, "/settings/people", OFFICER),
    seen("settings-person", w.busy, PERSON, OFFICER),
    sent("settings-person-wrong", w.busy, PERSON, OFFICER, title="", reason="because", way="correct"),
    seen("settings-person-new", w.busy, NEW_PERSON, OFFICER),
    sent("settings-person-new-wrong", w.busy, NEW_PERSON, OFFICER, id="", title="", reason=""),
    seen("settings-person-missing", w.busy, "/settings/people/nobody", OFFICER, kind="missing", status=404),
    seen("settings-record", w.busy, "/settings/record", OFFICER),
    seen("settings-standards", w.busy, "/settings/standards", OFFICER),
    seen("settings-standards-changed", changed, "/settings/standards", OFFICER, kind="many"),
    seen("settings-standard", changed, KIND, OFFICER),
    sent("settings-standard-wrong", w.busy, KIND, OFFICER, review_days="soon", reason=""),
    sent("settings-standard-meanwhile", w.busy, KIND, OFFICER, kind="stale", status=409, review_days="4",
         reason="Leads asked.", meanwhile=changing),
    seen("settings-standard-missing", w.busy, "/settings/standards/nothing", OFFICER, kind="missing", status=404),
    seen("settings-standard-forbidden", w.busy, KIND, LEAD, kind="forbidden", status=403),
    seen("settings-retention", w.busy, "/settings/retention", OFFICER),
    seen("settings-forbidden", w.busy, "/settings", LEAD, kind="forbidden", status=403),
    seen("settings-down", w.busy, "/settings/people", OFFICER, kind="down", status=503, down=True),
))  # fmt: skip

LETTERS = Screen("Letters", ("/settings/letters", "/settings/letters/{name}", "/mail/came-back/{name}/{digest}"), (
    seen("letters", w.empty, "/settings/letters", OFFICER),
    seen("letter", w.empty, LETTER, OFFICER),
    sent("letter-wrong", w.empty, LETTER, OFFICER, text="{{ leed }}", why="x", do="save"),
    seen("letter-missing", w.empty, "/settings/letters/nothing", OFFICER, kind="missing", status=404),
    seen("letter-came-back", came_back, posting.PLACE, OFFICER),
    sent("letter-came-back-wrong", came_back, posting.PLACE, OFFICER, address="nobody", why=""),
    seen("letters-down", w.busy, "/settings/letters", OFFICER, kind="down", status=503, down=True),
))  # fmt: skip

IN_AND_OUT = Screen("Import and export", (
    "/import", "/import/{number}", "/import/{number}/preview", "/import/{number}/result", "/export", "/api",
), (
    seen("import", w.empty, "/import", OFFICER, kind="empty"),
    tracker("import-wrong", "", wrong=True),
    tracker("import-columns", ""),
    tracker("import-preview", "/preview"),
    tracker("import-result", "/result", kind="closed"),
    seen("import-missing", w.empty, "/import/99", OFFICER, kind="missing", status=404),
    seen("import-forbidden", w.empty, "/import", LEAD, kind="forbidden", status=403),
    seen("import-down", w.empty, "/import", OFFICER, kind="down", status=503, down=True),
    seen("export", w.busy, "/export", OFFICER),
    seen("programs", w.busy, "/api"),
))  # fmt: skip

FILES = Screen("Files", ("/cycles/{reference}/evidence/{name}/copy", "/tasks/{reference}/{number}/receipts/{version}"), (
    in_file("file-copy", f"{files.ITEM}/copy", OFFICER, "clean"),
    in_file("file-held", files.ITEM, BOSS, "not_scanned"),
    in_file("file-infected", files.ITEM, BOSS, "infected", kind="refused", found="Eicar-Test-File"),
    in_file("file-waiting", f"{files.TASK}/receipts/1", LEAD, "waiting", kind="waiting"),
    seen("file-copy-missing", w.busy, f"{CYCLE}/evidence/9.9.9/copy", OFFICER, kind="missing", status=404),
    seen("file-copy-down", w.busy, f"{CYCLE}/evidence/1.1.1/copy", OFFICER, kind="down", status=503, down=True),
))  # fmt: skip

SETTINGS_SCREENS = (PANEL_SCREEN, OWN_SETTINGS, LETTERS, IN_AND_OUT, FILES)
