"""What a programme wrote once can be read for ever."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from schemas.programme import Programme
from schemas.programme.commands import AnyProgrammeCommand
from schemas.programme.events import AnyProgrammeEvent
from schemas.programme.records import Arrangement, Opening, ProgrammeEntry, ProgrammeStart
from tests.schemas.programme_golden import FOLDER
from tests.schemas.test_golden import kinds, read, stranger

COMMANDS: TypeAdapter[AnyProgrammeCommand] = TypeAdapter(AnyProgrammeCommand)
STATES: dict[str, type[BaseModel]] = {
    one.__name__: one for one in (Programme, ProgrammeStart, Opening, Arrangement)
}
EVERY = sorted(FOLDER.rglob("*.json"))
PLAIN = [one for one in EVERY if one.stem != "ProgrammeStart"]
"""Those without a table by key, in which every name is a key."""


def shape(file: Path, facts: dict[str, Any]) -> BaseModel:
    """The shape that a golden file is of, with these facts."""
    if file.parent.name == "events":
        return ProgrammeEntry.model_validate(facts)
    if file.parent.name == "commands":
        return COMMANDS.validate_python(facts)
    return STATES[file.stem].model_validate(facts)


def stems(folder: str) -> set[str]:
    """The golden files of one kind."""
    return {file.stem for file in EVERY if file.parent.name == folder}


def test_every_kind_has_been_written_once() -> None:
    """No event, command or state of a programme without its golden file, and none too many."""
    assert stems("events") == kinds(AnyProgrammeEvent)
    assert stems("commands") == kinds(AnyProgrammeCommand)
    assert stems("state") == set(STATES)


@pytest.mark.parametrize("file", EVERY, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_what_was_written_reads_and_writes_the_same(file: Path) -> None:
    """Each parses into itself, through JSON too."""
    found = shape(file, read(file))
    assert found.model_dump(mode="json") == read(file)
    assert shape(file, json.loads(found.model_dump_json())) == found


@pytest.mark.parametrize("file", PLAIN, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_unknown_fields_are_ignored(file: Path) -> None:
    """What a newer version adds, at any depth, does not stop an older one from reading."""
    assert shape(file, stranger(read(file))) == shape(file, read(file))


@pytest.mark.parametrize("marking", ["SECRET", "TOP SECRET", "official", ""])
@pytest.mark.parametrize("file", sorted((FOLDER / "commands").glob("*.json")), ids=lambda file: file.stem)
def test_nothing_marked_higher_than_official_sensitive_can_be_written(file: Path, marking: str) -> None:
    """A marking above what the system may hold is refused at the first step."""
    with pytest.raises(ValidationError, match="marking"):
        COMMANDS.validate_python({**read(file), "marking": marking})
