"""Everything in one file: what may be seen is in it, it can be checked, and no cell is a formula."""

import csv
import hashlib
import io
import zipfile

import httpx

from schemas.viewing import Restriction
from tests.web.conftest import REF
from tests.web.house import House
from tests.web.walls_memory import MemoryWalls


async def exported(house: House, person: str = "policy-officer", query: str = "") -> zipfile.ZipFile:
    """The file as somebody gets it."""
    await house.browser.sign_in(person)
    answer: httpx.Response = await house.browser.get(f"/export.zip{query}")
    assert answer.status_code == 200, answer.text
    return zipfile.ZipFile(io.BytesIO(answer.content))


async def test_everything_is_in_it_and_can_be_checked(busy: House) -> None:
    """Tables, the ledger in lines, pages; the manifest has the SHA-256 of each."""
    packed = await exported(busy)
    names = set(packed.namelist())
    assert {"cycles.csv", "actions.csv", "plan.json", "index.html", f"{REF}/ledger.jsonl"} <= names
    lines = [line.split("  ", 1) for line in packed.read("MANIFEST.sha256").decode().splitlines()]
    listed = {name: digest for digest, name in lines}
    assert set(listed) == names - {"MANIFEST.sha256"} | {f"{REF}/MANIFEST.sha256"}
    assert [name for name in listed if hashlib.sha256(packed.read(name)).hexdigest() != listed[name]] == []
    rows = list(csv.DictReader(io.StringIO(packed.read("cycles.csv").decode("utf-8-sig"))))
    assert [row["cycle"] for row in rows] == [REF]


async def test_no_cell_is_a_formula(busy: House) -> None:
    """Words that a spreadsheet would carry out stand behind an apostrophe."""
    cycle = busy.memory.cycle(REF)
    assert cycle
    busy.memory.words[cycle.title] = "=HYPERLINK(1)"
    packed = await exported(busy)
    [row] = csv.DictReader(io.StringIO(packed.read("cycles.csv").decode("utf-8-sig")))
    assert row["title"] == "'=HYPERLINK(1)"


async def test_it_is_for_the_office(busy: House) -> None:
    """The force has no such page; the office has one that says what is in the file."""
    await busy.browser.sign_in("acc-local-policing")
    assert (await busy.browser.get("/export.zip")).status_code == 403
    await busy.browser.sign_in("policy-officer")
    assert "Download without evidence files" in (await busy.browser.get("/export")).text


async def test_what_is_restricted_to_others_is_not_in_it(busy: House) -> None:
    """What somebody may not see on the pages is not in their file either."""
    assert isinstance(busy.rooms.walls, MemoryWalls)
    one = Restriction(cycle=REF, named=("chief-executive",), reason="It names staff of ours.",
                      by="chief-executive", at=busy.memory.now)  # fmt: skip
    await busy.rooms.walls.restrict(one, "chief_executive")
    packed = await exported(busy)
    assert not [name for name in packed.namelist() if name.startswith(REF)]
