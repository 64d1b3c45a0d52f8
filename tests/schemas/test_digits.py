"""References and hours have the digits 0 to 9 and no others, which programs would read as other days."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from reference.catalogue import standards
from schemas.clocks import Hour
from schemas.shape import ActionNumber, CalendarVersion, CommitmentRef, CycleRef, MeetingRef, SlotNumber
from tests.rules import acts
from tests.rules.acting import ANY

WHOLE: list[tuple[Any, str]] = [
    (Hour, "09:30"),
    (CycleRef, "HTA-2026-07"),
    (ActionNumber, "2026/015"),
    (CommitmentRef, "SWM-REASSURE-04"),
    (CalendarVersion, "england-and-wales/2026-11-22"),
    (MeetingRef, "MTG-2026-04"),
    (SlotNumber, "2026/03"),
]


@pytest.mark.parametrize(("kind", "said"), WHOLE, ids=lambda one: one if isinstance(one, str) else "")
def test_a_digit_of_another_script_is_no_digit(kind: Any, said: str) -> None:
    """An Arabic-Indic nought in place of any nought is refused."""
    reads = TypeAdapter(kind)
    assert reads.validate_python(said) == said
    with pytest.raises(ValidationError):
        reads.validate_python(said.replace("0", "\u0660", 1))


def test_standards_with_such_an_hour_reach_no_cycle() -> None:
    """A cycle that had taken them in could never again say when anything is due."""
    facts = acts.change_standards().model_dump(mode="json")
    facts["standards"]["due_hour"] = "0\u0660:00"
    with pytest.raises(ValidationError):
        ANY.validate_python(facts)
    facts["standards"] = standards()["performance"].model_dump(mode="json")
    assert ANY.validate_python(facts).kind == "ChangeStandards"
