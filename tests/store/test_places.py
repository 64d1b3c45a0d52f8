"""Where texts and files stand: in the whole of a cycle only what stands in none of its parts."""

import pytest

from store.migrate import FOLDER
from store.pool import Pool
from tests.store.told import write_down
from tests.web_public import sample

pytestmark = pytest.mark.real
PLACES = {
    "text_places": "select ref, cycle, part from text_places",
    "file_places": "select digest as ref, cycle, part from file_places",
}


async def standing(pool: Pool) -> dict[str, set[tuple[str, str, str]]]:
    """Each table's rows."""
    return {name: {tuple(row) for row in await pool.fetch(said)} for name, said in PLACES.items()}


@pytest.fixture
async def places(pool: Pool) -> dict[str, set[tuple[str, str, str]]]:
    """What stands where after a whole cycle."""
    await write_down(pool, sample.told())
    return await standing(pool)


async def test_a_text_of_one_act_stands_in_the_whole_or_in_parts(
    pool: Pool, places: dict[str, set[tuple[str, str, str]]]
) -> None:
    """Not in both; and each of an act's texts stands somewhere."""
    acts = await pool.fetch(
        "select l.version, p.ref, p.part from ledger l, places_of(l.cycle, l.kind, l.event) p"
    )
    parts: dict[tuple[int, str], set[str]] = {}
    for one in acts:
        parts.setdefault((one["version"], one["ref"]), set()).add(one["part"])
    assert {frozenset(one) for one in parts.values()} >= {frozenset({"whole"}), frozenset({"request/1"})}
    assert not [one for one in parts.values() if "whole" in one and len(one) > 1]
    said = await pool.fetch(
        """select distinct l.version, hit[1] as ref from ledger l,
           regexp_matches(l.event::text, '"(text:[0-9a-f]{64})"', 'g') as hit"""
    )
    assert {(one["version"], one["ref"]) for one in said} <= set(parts)
    assert {(ref, part) for ref, _, part in places["text_places"]} >= {
        (ref, part) for (_, ref), found in parts.items() if ref.startswith("text:") for part in found
    }


async def test_what_stood_in_both_is_taken_from_the_whole(
    pool: Pool, places: dict[str, set[tuple[str, str, str]]]
) -> None:
    """Rows of before become what they would be now, and nothing else goes."""
    for name, column in (("text_places", "ref"), ("file_places", "digest")):
        await pool.execute(
            f"insert into {name} ({column}, cycle, part) select distinct {column}, cycle, 'whole' from {name}"  # noqa: S608 - our own words
            " on conflict do nothing"
        )
    assert (await standing(pool))["text_places"] > places["text_places"]
    async with pool.transaction() as connection:
        await connection.execute((FOLDER / "0034_places.sql").read_text("utf8"))
    assert await standing(pool) == places
