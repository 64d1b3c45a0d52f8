"""What was written once can be read for ever."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from schemas.commands import AnyCommand
from schemas.events import AnyEvent
from schemas.records import Entry
from schemas.shape import Words, text_ref

GOLDEN = Path(__file__).parent / "golden"
COMMANDS: TypeAdapter[AnyCommand] = TypeAdapter(AnyCommand)
ENTRIES = sorted((GOLDEN / "events").rglob("*.json"))
ASKED = sorted((GOLDEN / "commands").glob("*.json"))


def kinds(union: Any) -> set[str]:
    """The kinds of a union of shapes."""
    return {one.model_fields["kind"].default for one in get_args(get_args(union)[0])}


def read(file: Path) -> dict[str, Any]:
    """The facts of a golden file."""
    facts: dict[str, Any] = json.loads(file.read_text(encoding="utf8"))
    return facts


def stranger(facts: Any) -> Any:
    """The same facts with a field in every part that nobody knows yet."""
    if isinstance(facts, list):
        return [stranger(one) for one in facts]
    if isinstance(facts, dict):
        return {**{key: stranger(value) for key, value in facts.items()}, "from_the_future": [1, None]}
    return facts


def test_every_kind_has_been_written_once() -> None:
    """No event and no command without its golden file, and none too many."""
    assert {file.stem for file in ENTRIES} == kinds(AnyEvent)
    assert {file.stem for file in ASKED} == kinds(AnyCommand)


@pytest.mark.parametrize("file", ENTRIES, ids=lambda file: file.stem)
def test_an_entry_reads_and_writes_the_same(file: Path) -> None:
    """Each event that was ever recorded parses into itself."""
    entry = Entry.model_validate(read(file))
    assert entry.event.kind == file.stem
    assert entry.model_dump(mode="json") == read(file)
    assert Entry.model_validate_json(entry.model_dump_json()) == entry


@pytest.mark.parametrize("file", ASKED, ids=lambda file: file.stem)
def test_a_command_reads_and_writes_the_same(file: Path) -> None:
    """Each kind of command parses into itself."""
    command = COMMANDS.validate_python(read(file))
    assert command.kind == file.stem
    assert command.model_dump(mode="json") == read(file)
    assert COMMANDS.validate_json(command.model_dump_json()) == command


@pytest.mark.parametrize("file", ENTRIES, ids=lambda file: file.stem)
def test_unknown_fields_of_an_entry_are_ignored(file: Path) -> None:
    """What a newer version adds, at any depth, does not stop an older one from reading."""
    assert Entry.model_validate(stranger(read(file))) == Entry.model_validate(read(file))


@pytest.mark.parametrize("file", ASKED, ids=lambda file: file.stem)
def test_unknown_fields_of_a_command_are_ignored(file: Path) -> None:
    """The same for what is asked."""
    assert COMMANDS.validate_python(stranger(read(file))) == COMMANDS.validate_python(read(file))


@pytest.mark.parametrize("marking", ["SECRET", "TOP SECRET", "CONFIDENTIAL", "official", ""])
@pytest.mark.parametrize("file", ASKED, ids=lambda file: file.stem)
def test_nothing_marked_higher_than_official_sensitive_can_be_written(file: Path, marking: str) -> None:
    """A marking above what the system may hold is refused at the first step."""
    with pytest.raises(ValidationError, match="marking"):
        COMMANDS.validate_python({**read(file), "marking": marking})


@pytest.mark.parametrize("file", ASKED, ids=lambda file: file.stem)
def test_an_error_never_repeats_what_was_typed(file: Path) -> None:
    """The message names the field and keeps the input to itself."""
    shape = type(COMMANDS.validate_python(read(file)))
    with pytest.raises(ValidationError) as caught:
        shape.model_validate({**read(file), "actor": {"person": "Mrs Jones of 3 High Street"}})
    assert "actor" in str(caught.value)
    assert "Jones" not in str(caught.value)


def test_words_are_named_by_what_they_say() -> None:
    """Ends are trimmed, line ends are one kind, and blank is nothing."""
    words = Words()
    assert words.ref(" one\r\ntwo ") == text_ref("one\ntwo")
    assert words.maybe("  ") is None
    assert words.maybe(None) is None
    assert words.maybe("one") == text_ref("one")
    assert words.kept == {text_ref("one\ntwo"): "one\ntwo", text_ref("one"): "one"}
