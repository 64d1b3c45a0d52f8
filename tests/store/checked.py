"""Whether what a viewer gets from the face is what the rules say."""

from rules.acting.seeing import sees
from schemas.cycle import Cycle
from schemas.viewing import Viewer
from store.viewing import SeenPool, looking
from tests.store.walled import Land, viewers

OFFICER = viewers()["policy-officer"]
CHIEF = viewers()["chief-executive"]
LEAD = viewers()["acc-local-policing"]
ELSEWHERE = viewers()["elsewhere-lead"]


async def check(face: SeenPool, land: Land, viewer: Viewer | None) -> None:
    """What a viewer gets, without any where, is what the rule gives them."""
    with looking(viewer):
        cycles = await face.fetch("select reference, state from cycles")
        ledger = await face.fetch("select cycle, version from ledger")
        texts = await face.fetch("select ref from texts")
        requests = await face.fetch("select cycle, 'request/' || number as part from requests")
        owed = await face.fetch("select cycle, part_owed(what, number) as part from deadlines")
    found = {row["reference"]: Cycle.model_validate_json(row["state"]) for row in cycles}
    assert set(found) == set(land.seen(viewer)), viewer
    for reference, cycle in land.seen(viewer).items():
        assert found[reference].model_dump() == cycle.model_dump(), (viewer, reference)
    assert {tuple(row) for row in ledger} == land.entries(viewer), viewer
    assert {row["ref"] for row in texts} == land.texts(viewer), viewer
    for row in (*requests, *owed):
        assert sees(land.parts(viewer, row["cycle"]), row["part"]), (viewer, tuple(row))
