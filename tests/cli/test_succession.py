"""Who takes over, at the command line: what is typed, said, refused, and how it ends."""

import hashlib
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cli.program import run
from reference.catalogue import standards
from schemas.commands import Succeed
from schemas.cycle import Cycle
from schemas.files import Verdict
from schemas.outcomes import NotKnownYet, Refused
from schemas.standards import Standards
from store.pool import Pool
from store.scans import Scans
from tests import scenario as s
from tests.cli.fake import FakeOffice, FakeReads, receipt
from tests.cli.real_line import Line
from tests.cli.succession_store import TABLE, Store, said, the_store  # noqa: F401 - the fixture `store`
from tests.rules.succession_acts import NEW, NEW_NAME, OLD, OLD_NAME, announced
from tests.rules.table import MONDAY
from tests.rules.table import opened as a_cycle

DAY = timedelta(days=1)
LATER = MONDAY.date() + 30 * DAY
ANNOUNCE = f"succession announce body --to {NEW} --from {LATER} --reason Law"


def test_it_is_announced_once_and_listed(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """With who was followed, under which name, who announced it and why."""
    said(ANNOUNCE, capsys, "--name", NEW_NAME)
    [one] = said("succession list", capsys)
    assert (one["was"], one["was_name"], one["to_name"]) == (OLD, OLD_NAME, NEW_NAME)
    assert (one["announced_by"], one["reason"], one["from_on"]) == ("chief-executive", "Law", f"{LATER}")
    assert len(store.made) == 1


@pytest.mark.parametrize(
    ("words", "more", "ends"),
    [
        (f"succession announce body --from {LATER} --reason Law", (), (2, "Without a successor")),
        (
            f"succession announce town --to x --from {LATER} --reason Law",
            (),
            (2, "body, office-holder, force"),
        ),
        (ANNOUNCE, (), (1, "without_successor")),
        (ANNOUNCE.replace(NEW, OLD), ("--name", "Itself"), (1, "no_succession")),
        (ANNOUNCE.replace(f"{LATER}", "2026-05-30"), ("--name", "X"), (1, "succession_in_past")),
        (ANNOUNCE.replace(f"{LATER}", "soon"), ("--name", "X"), (2, "write a day such as")),
        (ANNOUNCE, ("--name", "X", "--was", "nobody"), (1, "unknown_predecessor")),
        (ANNOUNCE.replace("body", "office-holder"), ("--was", "commissioner"), (1, "unknown_person")),
        (ANNOUNCE.replace(" Law", " ") + "  ", ("", "--name", "X"), (1, "without_reason")),
        (f"{ANNOUNCE} --as policy-officer", ("--name", "X"), (1, "not_your_role")),
        (f"succession preview body {NEW}", (), (2, "Nobody announced that")),
        (f"succession release force {NEW}", (), (2, "Nobody announced that")),
        (f"cycle succeed HTA-2026-07 --from {LATER} --reason Law", (), (2, "Without a successor")),
    ],
)
def test_wrong_input_is_one_sentence_and_nothing_is_kept(
    store: Store,
    capsys: pytest.CaptureFixture[str],
    words: str,
    more: tuple[str, ...],
    ends: tuple[int, str],
) -> None:
    """It says what to do."""
    code, why = ends
    assert why in said(words, capsys, *more, code=code)
    assert store.made == []


@pytest.mark.usefixtures("store")
def test_what_is_past_is_announced_with_the_reason_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    """A cycle that was opened after that day is handed over from its opening."""
    past = ANNOUNCE.replace(f"{LATER}", "2026-05-30")
    said(past, capsys, "--name", NEW_NAME, "--recorded-late", "The order came out today")
    office = FakeOffice(receipt())
    said(f"succession release body {NEW}", capsys, office=office)
    [command] = office.sent
    assert isinstance(command, Succeed)
    assert command.from_on == MONDAY.date()
    assert command.recorded_late is None


def test_a_preview_shows_before_and_after_and_sends_nothing(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """For every open cycle; for people as a table."""
    store.made.append(announced(LATER))
    office = FakeOffice(receipt())
    [row] = said(f"succession preview body {NEW}", capsys, office=office)["rows"]
    assert row["before"] == OLD_NAME
    assert row["after"] == f"{NEW_NAME} (before 1 July 2026: {OLD_NAME})"
    assert not row["stands"]
    assert run(["succession", "preview", "body", NEW], office) == 0
    assert "1 cycles under way, 1 still to be told" in " ".join(capsys.readouterr().out.split())
    assert office.sent == []


def test_a_release_tells_each_cycle_once_under_its_own_key(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """Said again, it is the same command; told already, it is counted as such."""
    store.made.append(announced(LATER))
    office = FakeOffice(receipt())
    assert said(f"succession release body {NEW}", capsys, office=office)["moved"] == 1
    said(f"succession release body {NEW}", capsys, office=office)
    first, second = office.sent
    assert isinstance(first, Succeed)
    assert first == second
    assert (first.was, first.to, first.from_on) == (OLD, NEW, LATER)
    assert first.to_name == s.say(NEW_NAME)
    store.table = a_cycle()
    store.table.do(first.model_copy(update={"cycle": store.table.cycle.reference}))
    found = said(f"succession release body {NEW}", capsys, office=office)
    assert (found["moved"], found["stood_already"], len(office.sent)) == (0, 1, 2)


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (NotKnownYet(cycle=TABLE.cycle.reference, key="some-key"), 3),
        (Refused(code="other_predecessor", message="Another stands.", source="process.clocks"), 1),
    ],
)
def test_what_became_of_a_release_is_in_the_exit_code(
    store: Store, capsys: pytest.CaptureFixture[str], outcome: Any, code: int
) -> None:
    """Not known yet is said again; a refusal names the cycle."""
    store.made.append(announced(LATER))
    said(f"succession release body {NEW}", capsys, code=code, office=FakeOffice(outcome))


def test_nobody_releases_without_the_role(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is sent."""
    store.made.append(announced(LATER))
    office = FakeOffice(receipt())
    assert "chief executive" in said(
        f"succession release body {NEW} --as policy-officer", capsys, code=1, office=office
    )
    assert office.sent == []


def test_an_announcement_is_taken_back_while_nobody_follows_on_it(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last first, with a reason, by who may announce."""
    later = {"was": NEW, "was_name": NEW_NAME, "to": "a-board", "to_name": "A board"}
    store.made += [announced(LATER), announced(LATER + DAY, **later)]
    back = f"succession withdraw body {NEW} --reason"
    assert "A board follows" in said(back, capsys, "Wrong", code=1)
    said("succession withdraw body a-board --reason Wrong", capsys)
    assert "without_reason" in said(back, capsys, " ", code=1)
    assert "not_your_role" in said(f"{back} Wrong --as policy-officer", capsys, code=1)
    said(back, capsys, "Wrong")
    assert store.made == []


def test_one_office_keeps_its_standards_under_every_name(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are released to cycles of the successor too."""
    store.made.append(announced(LATER))
    newer = standards()["performance"].model_copy(update={"edition": 2})

    async def changed(*_: Any) -> dict[str, Standards]:
        return {"performance": newer}

    async def following(*_: Any) -> list[Cycle]:
        return [a_cycle(body=NEW).cycle, a_cycle(body="another-office").cycle]

    monkeypatch.setattr(FakeReads, "standards", changed)
    monkeypatch.setattr(FakeReads, "following", following)
    monkeypatch.setattr("cli.standing.now", lambda: MONDAY)
    assert said("standards preview performance", capsys)["cycles"] == 1


@pytest.mark.real
async def test_from_announcement_to_release_and_pack(
    line: Line,
    pool: Pool,
    opened: str,
    tmp_path: Path,
) -> None:
    """On the real store and engine: announced, released, named in the cycle; a file that is gone is said."""
    words = f"succession announce body --to {NEW} --from 2099-05-08 --reason"
    await line(words, "The law", "--name", NEW_NAME, as_="chief-executive")
    assert "overlapping_succession" in await line(
        words, "Again", "--name", "Another", as_="chief-executive", code=1
    )
    assert len((await line(f"succession preview body {NEW}"))["rows"]) == 1
    release = f"succession release body {NEW}"
    assert (await line(release, as_="chief-executive"))["moved"] == 1
    again = await line(release, as_="chief-executive")
    assert (again["moved"], again["stood_already"]) == (0, 1)
    [taken] = (await line(f"cycle show {opened}"))["cycle"]["successions"]
    assert (taken["was"], taken["to"]) == (OLD, NEW)
    file = tmp_path / "answer.csv"
    file.write_bytes(b"quarter,answered\n1,91\n")
    await line(f"return submit {opened} 1 --file {file}", as_="acc-local-policing")
    held = await line(f"handover {opened} --to {tmp_path}/held", code=1)
    assert "Waiting to be scanned" in " ".join(held["missing"].values())
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    await Scans(pool).note(digest, Verdict(state="clean"), MONDAY)
    found = await line(f"handover {opened} --to {tmp_path}/pack")
    assert (found["missing"], found["cycles"]) == ({}, [opened])
    shutil.rmtree(tmp_path / "files")
    gone = await line(f"handover {opened} --to {tmp_path}/other", code=1)
    assert list(gone["missing"].values()) == ["not on the shelf"]
    assert "not on the shelf" in (tmp_path / "other" / "README.txt").read_text("utf8")
