"""Golden files of the programme: each event and command once, and what its runs carry on."""

from pathlib import Path

from pydantic import BaseModel

from rules.programme.answering import answers
from rules.programme.years import openings
from schemas.programme.records import Arrangement, Opening, ProgrammeEntry, ProgrammeStart
from tests import programme as p
from tests.rules.programme.paper import OPENS, Paper, lived, planned

FOLDER = Path(__file__).parent / "golden" / "programme"


def entries() -> list[ProgrammeEntry]:
    """The ledger of a programme in which everything happened."""
    return lived().entries


def states() -> dict[str, BaseModel]:
    """What is kept in the engine's histories and in the store, by its name."""
    adopted, everything = planned(adopted=True), lived()
    return {
        "Programme": everything.standing,
        "ProgrammeStart": start(adopted),
        "Opening": opening(adopted),
        "Arrangement": Arrangement(programme=p.REF, openings=(opening(adopted),), gone=("2026/02",)),
    }


def start(paper: Paper) -> ProgrammeStart:
    """What a run begins with that continues another."""
    return ProgrammeStart(
        reference=p.REF,
        programme=paper.standing,
        answered=answers({}, tuple(paper.entries)),
        arranged=openings(paper.standing),
    )


def opening(paper: Paper) -> Opening:
    """The first appointment of a programme."""
    return openings(paper.standing)[0]


def texts() -> dict[Path, str]:
    """Every golden file of the programme, as it would be written today."""
    found: dict[Path, BaseModel] = {}
    for entry in entries():
        found.setdefault(FOLDER / "events" / entry.event.kind, entry)
    for kind, command in p.one_of_each(OPENS).items():
        found[FOLDER / "commands" / kind] = command.model_copy(update={"key": f"golden-{kind}"})
    for name, state in states().items():
        found[FOLDER / "state" / name] = state
    return {file: shape.model_dump_json(indent=1) for file, shape in found.items()}
