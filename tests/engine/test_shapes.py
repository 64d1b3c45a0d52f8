"""How commands become what Temporal keeps, and come back."""

from typing import Any, get_args, get_type_hints

import pytest
from pydantic import ValidationError
from temporalio.api.common.v1 import Payload

from engine.shapes import AS_JSON, SHAPES
from schemas.commands import AnyCommand
from tests import scenario as s
from workflows.cycle import CycleWorkflow
from workflows.programme import ProgrammeWorkflow


def asked_for(workflow: type[CycleWorkflow | ProgrammeWorkflow]) -> Any:
    """The type of a command as the library has it of the handler."""
    return get_type_hints(workflow.act)["command"]


def wrong(kind: str) -> Payload:
    """A command of a kind with nothing in it."""
    return Payload(metadata={"encoding": b"json/plain"}, data=f'{{"kind": "{kind}"}}'.encode())


async def test_a_command_comes_back_as_the_shape_that_it_was() -> None:
    """Asked for as the library asks, among all that there are."""
    command = s.open_cycle("HTA-2026-07", s.wall_now(), 2)
    kept = await AS_JSON.encode([command])
    assert await AS_JSON.decode(kept, [asked_for(CycleWorkflow)]) == [command]


@pytest.mark.parametrize("workflow", [CycleWorkflow, ProgrammeWorkflow])
def test_a_command_is_read_by_its_kind_and_no_other_is_tried(
    workflow: type[CycleWorkflow | ProgrammeWorkflow],
) -> None:
    """What is wrong with it is said of its own kind alone; of a kind that there is not, only that."""
    asked = asked_for(workflow)
    kinds = [one.model_fields["kind"].default for one in get_args(asked)]
    for kind in kinds:
        with pytest.raises(ValidationError) as caught:
            SHAPES.from_payload(wrong(kind), asked)
        assert {one["loc"][0] for one in caught.value.errors()} == {kind}
    with pytest.raises(ValidationError) as unknown:
        SHAPES.from_payload(wrong("Nothing"), asked)
    assert [one["type"] for one in unknown.value.errors()] == ["union_tag_invalid"]


def test_every_kind_of_command_is_among_them() -> None:
    """The type without its mark has as many shapes as the one with it."""
    assert set(get_args(asked_for(CycleWorkflow))) == set(get_args(get_args(AnyCommand)[0]))
