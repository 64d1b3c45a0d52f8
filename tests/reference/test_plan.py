"""The plan as data says what the plan says: nothing lost, nothing added, nothing under the wrong heading."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, ConfigDict

PLANS = Path(__file__).parents[2] / "reference" / "plans"
BULLET = "➽➽"

# Where each part of the text begins. "Putting victims and survivors first" and the others also stand in the
# introduction's picture, but broken over lines there, so that the whole line occurs once.
PARTS = {
    "introduction": "An introduction - The Safer West Mercia Plan",
    "victims": "Putting victims and survivors first",
    "secure": "Building a more secure West Mercia",
    "reforming": "Reforming West Mercia",
    "reassuring": "Reassuring West Mercia\u2019s communities",
    "collaboration": "Appendix 1 - Collaboration and partnership working",
    "accountability": "Appendix 2 - Performance and accountability",
    "resources": "Appendix 3 - Our resources",
    "area": "Appendix 4 - West Mercia policing area",
}

# Lines that follow a bullet without a blank line between and are not part of it.
HEADINGS = {
    "As your Commissioner I will:",
    "Together the Chief Constable and I will:",
    "What I will deliver for West Mercia:",
    "National and regional collaboration",
    "A value for money approach",
    "Commissioning and grants",
}

COUNTS = {
    "victims": {"hold_to_account": 2, "as_commissioner": 13, "will_deliver": 3, "victims_board": 11},
    "secure": {"focus": 6, "hold_to_account": 6, "together": 2, "as_commissioner": 6, "will_deliver": 5},
    "reforming": {"hold_to_account": 12, "as_commissioner": 4, "together": 5, "will_deliver": 4},
    "reassuring": {"hold_to_account": 10, "as_commissioner": 8, "together": 1, "will_deliver": 4},
    "collaboration": {"collaboration": 6},
    "accountability": {},
    "resources": {"resources": 18, "hold_to_account": 1},
}


class Commitment(BaseModel):
    """One bullet of the plan."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    ref: str
    kind: str
    text: str
    repaired: str | None
    doubt: str | None = None


class Objective(BaseModel):
    """One part of the plan with its bullets."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    code: str
    title: str
    commitments: list[Commitment]


class Plan(BaseModel):
    """The data under test."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    title: str
    body: str
    in_force_from: str | None
    source: dict[str, str]
    shaped_by: list[str]
    objectives: list[Objective]


def bullets_in(text: str) -> list[tuple[str, str]]:
    """Every bullet of the extracted text with the part it stands in, lines joined.

    No bullet runs over a break between columns: a line that the extraction begins with a space opens a new
    frame of print, and so ends the bullet before it, as a blank line or a heading does.
    """
    found: list[tuple[str, list[str]]] = []
    begins = {line: part for part, line in PARTS.items()}
    part, open_bullet = "foreword", False
    for line in text.splitlines():
        words = line.strip()
        part = begins.get(words, part)
        if words.startswith(BULLET):
            found.append((part, [words.removeprefix(BULLET)]))
            open_bullet = True
        elif not words or line.startswith(" ") or words in HEADINGS:
            open_bullet = False
        elif open_bullet:
            found[-1][1].append(words)
    return [(part, " ".join(" ".join(lines).split())) for part, lines in found]


@pytest.fixture(scope="module")
def text() -> str:
    """The text that the data was made from."""
    return (PLANS / "safer-west-mercia.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The data."""
    return Plan.model_validate(yaml.safe_load((PLANS / "safer-west-mercia.yaml").read_text(encoding="utf-8")))


def objective(plan: Plan, name: str) -> Objective:
    """The objective of that name."""
    return next(one for one in plan.objectives if one.id == name)


def every(plan: Plan) -> list[Commitment]:
    """Every commitment of the plan in order."""
    return [commitment for one in plan.objectives for commitment in one.commitments]


def test_no_bullet_is_lost_or_added(plan: Plan, text: str) -> None:
    """Each bullet of the text stands in the data as often as in the text, under its own objective;
    no other does.
    """
    printed = Counter(bullets_in(text))
    kept = Counter(("introduction", line) for line in plan.shaped_by)
    kept.update((one.id, commitment.text) for one in plan.objectives for commitment in one.commitments)

    assert {"lost": printed - kept, "added": kept - printed} == {"lost": Counter(), "added": Counter()}


def test_the_reading_finds_every_bullet_mark(text: str) -> None:
    """The comparison sees as many bullets as the text has bullet marks, so it cannot pass by seeing none."""
    assert text.count(BULLET) == 134
    assert len(bullets_in(text)) == 134


def test_no_bullet_has_swallowed_its_neighbours(plan: Plan) -> None:
    """No text holds a bullet mark, a line break, a doubled space or the heading of another list."""
    for commitment in every(plan):
        assert commitment.text == " ".join(commitment.text.split())
        assert BULLET not in commitment.text
        assert not any(heading in commitment.text for heading in {*HEADINGS, *PARTS.values()})


@pytest.mark.parametrize("name", COUNTS)
def test_counts_per_kind(plan: Plan, name: str) -> None:
    """Each objective has as many bullets of each kind as the printed page."""
    assert Counter(commitment.kind for commitment in objective(plan, name).commitments) == COUNTS[name]


def test_thirty_one_statements_of_accountability(plan: Plan) -> None:
    """There are 31 promises to hold the Chief Constable to account: 2, 6, 12, 10, and 1 on money."""
    held = [commitment for commitment in every(plan) if commitment.kind == "hold_to_account"]

    assert len(held) == 31
    assert held[-1].text.startswith(
        "Hold the Chief Constable to account for the provision of sound financial planning"
    )


def test_references_are_unique_and_run_through_each_objective(plan: Plan) -> None:
    """A reference is SWM, the objective's code, and a number that runs through it without a gap."""
    for one in plan.objectives:
        numbers = range(1, len(one.commitments) + 1)
        assert [commitment.ref for commitment in one.commitments] == [
            f"SWM-{one.code}-{n:02}" for n in numbers
        ]
        assert re.fullmatch(r"[A-Z]+", one.code)

    references = [commitment.ref for commitment in every(plan)]
    assert len(references) == len(set(references)) == 127


def test_the_objectives_stand_in_the_order_of_the_plan(plan: Plan) -> None:
    """The seven parts come in printed order, each titled as its heading is."""
    assert [one.id for one in plan.objectives] == list(COUNTS)
    for one in plan.objectives:
        assert re.sub(r"^Appendix \d - ", "", PARTS[one.id]) == one.title


@pytest.mark.parametrize(
    ("ref", "kind", "opening"),
    [
        ("SWM-VICTIMS-06", "as_commissioner", "Complete a victims"),
        ("SWM-VICTIMS-07", "as_commissioner", "Bring together and help lead"),
        ("SWM-VICTIMS-18", "will_deliver", "Achieving the right outcome"),
        ("SWM-VICTIMS-19", "victims_board", "Co-ordinate victim services"),
        ("SWM-SECURE-15", "as_commissioner", "Ensure partners work together"),
        ("SWM-SECURE-21", "will_deliver", "A reduction in harm"),
        ("SWM-REFORM-03", "hold_to_account", "Delivering new fit for purpose technology"),
        ("SWM-REFORM-04", "hold_to_account", "Ensuring the force has fit for purpose buildings"),
        ("SWM-REFORM-25", "will_deliver", "A network of partner"),
        ("SWM-REASSURE-01", "hold_to_account", "Ensuring the Police Code of Ethics"),
        ("SWM-REASSURE-05", "hold_to_account", "Proactively publishing information"),
        ("SWM-REASSURE-10", "hold_to_account", "Working with businesses and partners"),
        ("SWM-REASSURE-13", "as_commissioner", "I will continue to review"),
        ("SWM-REASSURE-19", "together", "Work with local people"),
        ("SWM-COLLAB-06", "collaboration", "Manage the change"),
    ],
)
def test_bullets_that_the_extraction_moved_are_back_in_place(
    plan: Plan, ref: str, kind: str, opening: str
) -> None:
    """A bullet that the extraction set elsewhere stands where the page has it, and says so."""
    commitment = next(one for one in every(plan) if one.ref == ref)

    assert commitment.text.startswith(opening)
    assert commitment.kind == kind
    assert commitment.repaired


def test_a_list_ends_with_its_full_stop(plan: Plan) -> None:
    """The statements of accountability have one full stop, on the last: the order is the page's."""
    for name in ("victims", "secure", "reforming", "reassuring"):
        held = [one.text for one in objective(plan, name).commitments if one.kind == "hold_to_account"]
        assert [line.endswith(".") for line in held] == [False] * (len(held) - 1) + [True]


def test_the_year_of_the_budget_is_in_doubt(plan: Plan) -> None:
    """The net revenue budget keeps the year that the plan prints, and says that another record differs."""
    budget = next(one for one in every(plan) if "£235.8 million" in one.text)

    assert "2019/20" in budget.text
    assert budget.doubt is not None
    assert "2020/21" in budget.doubt


def test_a_text_without_the_person(text: str) -> None:
    """The copy says that the name and the contact page are gone, and has no way to reach a person."""
    assert "have been removed" in text.splitlines()[0]
    assert not re.search(r"@|Tel:|\b01905\b|WR3|Twitter|Facebook", text)
