"""The programme on the command line, against the real store and the real engine."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.appointments import Appointments, schedule_id
from reference.catalogue import plan
from rules.clocks import civil, instant
from rules.programme.years import label, openings, year_of
from schemas.programme.records import Arrangement
from store.keeping import Keeping
from store.pool import Pool
from tests import programme as p
from tests import scenario as s
from tests.cli.real_line import Line
from tests.conftest import Office

AS_OFFICER = ["--as", "policy-officer"]
WHY = ["--reason", "The panel meets later"]

SLOT = """
- kind: performance
  title: The first of the year
  theme: reassuring
  commitments: [SWM-REASSURE-04]
  question: Is it done?
  opens: {opens}
  session: {{at: {held} 14:00}}
  because: Nobody has asked.
  requests:
    - title: The paper
      lead: acc-local-policing
- kind: thematic
  title: The second of the year
  theme: reassuring
  commitments: [SWM-REASSURE-05]
  question: Is that done?
  opens: {opens}
  session: {{at: {held} 16:00}}
  officer: second-policy-officer
"""


def days() -> tuple[date, date, int]:
    """A working day two weeks from now, a session day for it, and the year of that."""
    opens = p.working(civil(s.wall_now()), 10)
    held = p.working(opens, 25)
    return opens, held, year_of(held)


def said(line_said: Any) -> str:
    """What was said on the error side, in one line."""
    return " ".join(str(line_said).split())


@pytest.fixture
async def ref(pool: Pool) -> str:
    """The reference of this test's office: its plan is of a body that no other test has."""
    body = f"opcc-{s.key()}"
    await Keeping(pool).keep_plan(plan().model_copy(update={"body": body}))
    await p.numbers_of_its_own(pool)
    return f"PRG-{body}"


@pytest.fixture
async def begun(line: Line, ref: str) -> str:
    """The reference of a programme that is begun."""
    made = await line("programme begin")
    assert (made["programme"], made["happened"]) == (ref, ["ProgrammeOpened"])
    return ref


@pytest.fixture
async def added(line: Line, begun: str, tmp_path: Path) -> list[str]:
    """The numbers of two cycles to come, put in from a file."""
    opens, held, _ = days()
    file = tmp_path / "year.yaml"
    file.write_text(SLOT.format(opens=opens, held=held), encoding="utf8")
    made = await line("programme add", str(file))
    assert made["programme"] == begun
    slots: list[str] = made["slots"]
    return slots


@pytest.mark.real
async def test_a_year_from_its_suggestion_to_the_engines_diary(line: Line, begun: str) -> None:
    """Suggested, put in, adopted, seen in the diary; what is covered is not suggested again."""
    opens, _, year = days()
    year = year_of(p.working(opens, 120))
    found = await line(f"programme suggest --year {year} --cycles 4")
    assert len(found["cycles"]) == 4
    assert (await line("programme show"))["programme"]["slots"] == []
    made = await line(f"programme suggest --year {label(year)} --cycles 4 --propose")
    assert made["happened"] == ["SlotProposed"] * 4
    planned = {one["commitment"] for one in await line("programme coverage") if one["planned"]}
    assert planned == {ref for one in found["cycles"] for ref in one["commitments"]}
    again = await line(f"programme suggest --year {year} --cycles 40")
    assert not planned.intersection(ref for one in again["cycles"] for ref in one["commitments"])
    assert not {one["session_at"] for one in found["cycles"]} & {one["session_at"] for one in again["cycles"]}
    no = await line(f"programme adopt --year {year}", code=1)
    assert no["code"] == "not_your_role"
    await line(f"programme adopt --year {year}", as_="commissioner")
    rows = await until_in_step(line)
    assert [one["slot"] for one in rows] == made["slots"]
    assert {one["state"] for one in rows} == {"stands"}
    assert begun


async def until_in_step(typed: Line) -> list[dict[str, Any]]:
    """The rows of the diary once the programme has arranged it."""
    for _ in range(100):
        rows: list[dict[str, Any]] = await typed("programme schedules")
        if rows and all(one["state"] == "stands" for one in rows):
            return rows
        await asyncio.sleep(0.05)
    raise AssertionError(rows)


@pytest.mark.real
async def test_the_diary_says_what_is_wrong_and_is_mended(
    line: Line,
    added: list[str],
    begun: str,
    office: Office,
) -> None:
    """A schedule that somebody deleted is missing, a stray one is not wanted, a paused one stays paused."""
    *_, year = days()
    await line(f"programme adopt --year {year}", as_="commissioner")
    await until_in_step(line)
    client = office.engine.client
    await client.get_schedule_handle(schedule_id(begun, added[0])).delete()
    await client.get_schedule_handle(schedule_id(begun, added[1])).pause()
    rows = await line("programme schedules")
    assert [one["state"] for one in rows] == ["missing", "paused"]
    rows = await line("programme schedules --repair")
    assert [one["state"] for one in rows] == ["stands", "paused"]
    programme = (await office.reads.programmes())[0]
    later, stray = (
        one.model_copy(update={"at": instant(date(2028, 1, 4), "09:00"), **more})
        for one, more in zip(openings(programme), ({}, {"slot": "2099/01"}), strict=True)
    )
    await Appointments(client, office.queue).arrange(Arrangement(programme=begun, openings=(later, stray)))
    assert await states(line, 3) == ["other_hour", "paused", "not_wanted"]
    await line("programme schedules --repair")
    assert await states(line, 2) == ["stands", "paused"]


async def states(typed: Line, count: int) -> list[str]:
    """What the diary says of each cycle, once it lists so many: its list follows a moment later."""
    for _ in range(100):
        rows = await typed("programme schedules")
        if len(rows) == count:
            break
        await asyncio.sleep(0.05)
    return [one["state"] for one in rows]


@pytest.mark.real
async def test_cycles_from_a_file_are_changed_moved_and_taken_out(
    line: Line,
    added: list[str],
    tmp_path: Path,
) -> None:
    """A preview shows before and after and moves nothing; the move itself is one act."""
    opens, held, _ = days()
    first, second = added
    page = await line("programme show")
    drafts = [one["draft"] for one in page["programme"]["slots"]]
    assert [one["officer"] for one in drafts] == ["policy-officer", "second-policy-officer"]
    assert page["words"][drafts[0]["because"]] == "Nobody has asked."
    ahead = await line("programme move --all --by 5 --preview")
    assert [(one["opened_on_before"], one["opens_on"]) for one in ahead["moves"]] == [
        (str(opens), str(p.working(opens, 5)))
    ] * 2
    assert (await line("programme show"))["programme"] == page["programme"]
    assert (await line("programme move --all --by 5", *WHY))["happened"] == ["SlotMoved"] * 2
    back = await line(f"programme move {first} --by -5", *WHY)
    assert back["slots"] == [first]
    at = f"{p.working(held, 1)} 10:00"
    await line(f"programme move {first} --session", at, *WHY)
    assert (await line("programme move --off-holidays --preview"))["moves"] == []
    await line(f"programme change {first} --officer second-policy-officer --title", "Another title")
    await line(f"programme drop {second}", *WHY)
    slots = (await line("programme show"))["programme"]["slots"]
    session = instant(p.working(held, 1), "10:00").isoformat().replace("+00:00", "Z")
    assert (slots[0]["draft"]["session_at"], slots[0]["draft"]["opens_on"]) == (session, str(opens))
    assert (slots[0]["draft"]["officer"], slots[1]["state"]) == ("second-policy-officer", "dropped")
    anew = tmp_path / "anew.yaml"
    anew.write_text(SLOT.format(opens=opens, held=held).split("- kind: thematic")[0], encoding="utf8")
    await line(f"programme change {first} --from", str(anew))
    everything = await line("programme lines --all")
    assert [one["entry"]["event"]["kind"] for one in everything][:2] == ["SlotChanged", "SlotDropped"]


@pytest.mark.real
async def test_proposals_from_outside_are_accepted_and_declined(
    line: Line,
    begun: str,
    office: Office,
) -> None:
    """Each has its words; accepted it is a cycle to come, declined it says why; the lines say what came."""
    opens, held, year = days()
    for number in (1, 2):
        await office.programme.send(p.outside(number, ref=begun), p.WORDS)
    waiting = await line("programme proposals")
    assert [one["title"] for one in waiting] == ["After the inspection"] * 2
    accept = f"programme accept 1 --opens {opens}"
    alone = await line(f"{accept} --report-title Report", code=2)
    assert "--report-published" in alone
    report = ("--report-published", "2026-11-02", "--report-title", "PEEL 2026")
    made = await line(f"{accept} --session", f"{held} 14:00", *report)
    assert made["slots"] == [f"{year}/01"]
    page = await line("programme show")
    said = page["programme"]["slots"][0]["draft"]["report"]
    assert (said["published_on"], page["words"][said["title"]]) == ("2026-11-02", "PEEL 2026")
    await line("programme decline 2 --reason", "It is asked already.")
    assert await line("programme proposals") == []
    every = await line("programme proposals --all")
    assert [(one["state"], one["declined"]) for one in every] == [
        ("accepted", ""),
        ("declined", "It is asked already."),
    ]
    again = await line("programme decline 1 --reason", "No.", code=1)
    assert again["code"] == "proposal_settled"
    told = await line("programme lines")
    assert "proposed a cycle by inspection-report (proposal 2)" in told[0]["said"]


@pytest.mark.real
async def test_what_cannot_be_done_is_refused_in_one_sentence(
    line: Line,
    added: list[str],
    tmp_path: Path,
) -> None:
    """A programme that clashes with itself, a cycle that is not there, no cycles, a year that is over."""
    opens, held, year = days()
    clash = tmp_path / "clash.yaml"
    clash.write_text(SLOT.format(opens=opens, held=held).replace("16:00", "14:00"), encoding="utf8")
    for words, code in (
        (f"add {clash}", "programme_clash"),
        ("drop 2027/99 --reason No", "no_such_slot"),
        (f"move 2027/99 --opens {opens} --reason No", "no_such_slot"),
        (f"move {added[0]} --opens {held} --reason No", "too_little_time"),
        (f"move {added[0]} --opens 2020-01-06 --preview", "opens_in_past"),
        (f"suggest --year {year} --cycles 0", "no_cycles"),
        (f"suggest --year {year} --cycles 59", "too_many_slots"),
        ("suggest --year 2020 --cycles 12", "year_over"),
        ("suggest --year 2150 --cycles 12", "year_not_known"),
        (f"suggest --year {year} --cycles 12 --kind yearly", "no_such_kind"),
        ("begin", "programme_exists"),
        ("adopt --year 2100", "not_your_role"),
    ):
        assert (await line(f"programme {words}", code=1))["code"] == code, words
    for words, sentence in (
        ("drop three --reason No", "write a cycle's number in the programme such as 2027/03"),
        (f"change {added[0]} --officer Policy_Officer!", "write a person's id such as policy-officer"),
        (f"change {added[0]} --commitment SWM-4", "write a commitment such as SWM-REASSURE-03"),
        ("change 2027/99 --officer policy-officer", "The programme has no cycle 2027/99."),
        (f"accept 7 --opens {opens}", "There is no proposal 7."),
        ("coverage --theme soothing", "the plan has no soothing"),
        ("rehearse --year 2100", "No cycle with a session is planned in 2100-01."),
        (f"rehearse --year {year} --late chief-constable", "write a lead and working days"),
        (f"rehearse --year {year} --silent nobody", "nobody of the force is known as nobody"),
        ("move --all --by 5 --year 2100 --preview", "Nothing in 2100-01 is still to open"),
    ):
        assert sentence in said(await line(f"programme {words}", code=2)), words
