"""No write without an actor: no command, no entry of a ledger, no line of a log."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from schemas.commands import AnyCommand
from schemas.programme.commands import AnyProgrammeCommand
from schemas.programme.records import ProgrammeEntry
from schemas.records import Entry
from tests.house.test_sizes import ROOT

GOLDEN = Path(__file__).parent / "golden"
COMMANDS: TypeAdapter[AnyCommand] = TypeAdapter(AnyCommand)
MIGRATIONS = sorted((ROOT / "store" / "migrations").glob("*.sql"))
NOBODY: list[Any] = [
    None,
    {},
    "policy-officer",
    {"person": "", "role": "policy_officer"},
    {"person": " ", "role": "policy_officer"},
    {"person": None, "role": "policy_officer"},
    {"person": "policy-officer"},
    {"person": "policy-officer", "role": ""},
    {"person": "policy-officer", "role": "nobody"},
    {"person": "Somebody With Spaces", "role": "policy_officer"},
]
WRITTEN_ONCE = {
    "ledger": "actor",
    "programme_ledger": "actor",
    "access_log": "person",
    "people_changes": "by",
    "letter_editions": "by",
}
"""Tables that are appended to and never altered, with the column that says by whom."""


def without_somebody(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The same facts by nobody, in every way in which that can be written."""
    left_out = {name: value for name, value in facts.items() if name != "actor"}
    return [left_out, *({**facts, "actor": one} for one in NOBODY)]


def of(folder: str, union: Any) -> list[Path]:
    """The golden file of every kind; the kinds are those of the union, so that none is passed over."""
    files = sorted((GOLDEN / folder).rglob("*.json"))
    kinds = {one.model_fields["kind"].default for one in get_args(get_args(union)[0])}
    assert {file.stem for file in files} == kinds
    return files


@pytest.mark.parametrize("file", of("commands", AnyCommand), ids=lambda file: file.stem)
def test_no_command_is_by_nobody(file: Path) -> None:
    """Each kind of command is refused where it does not say by whom, or says it with a name that is none."""
    facts = json.loads(file.read_text(encoding="utf-8"))
    COMMANDS.validate_python(facts)
    for nobodys in without_somebody(facts):
        with pytest.raises(ValidationError, match="actor"):
            COMMANDS.validate_python(nobodys)


def test_no_command_on_a_programme_is_by_nobody() -> None:
    """Every kind of them has an actor that cannot be left out."""
    kinds = get_args(get_args(AnyProgrammeCommand)[0])
    assert kinds
    assert [one.__name__ for one in kinds if not one.model_fields["actor"].is_required()] == []


@pytest.mark.parametrize("file", sorted((GOLDEN / "events").rglob("*.json")), ids=lambda file: file.stem)
def test_no_entry_of_a_ledger_is_by_nobody(file: Path) -> None:
    """What happened is written down with who did it, or not at all; the engine is named as such."""
    facts = json.loads(file.read_text(encoding="utf-8"))
    for nobodys in without_somebody(facts):
        with pytest.raises(ValidationError, match="actor"):
            Entry.model_validate(nobodys)
    assert ProgrammeEntry.model_fields["actor"].is_required()


@pytest.mark.parametrize(("table", "column"), WRITTEN_ONCE.items())
def test_no_line_that_stays_for_ever_is_by_nobody(table: str, column: str) -> None:
    """The database takes no line without it."""
    text = "\n".join(one.read_text(encoding="utf-8") for one in MIGRATIONS)
    made = re.search(rf"create table {table} \((.*?)\n\);", text, re.DOTALL)
    assert made
    assert re.search(rf"^\s+{column}\s+(text|jsonb)\s+not null", made[1], re.MULTILINE)


def test_every_table_that_is_never_altered_is_looked_at() -> None:
    """A new one is put into the list with its column."""
    text = "\n".join(one.read_text(encoding="utf-8") for one in MIGRATIONS)
    guarded = set(re.findall(r"before (?:update or )?delete on (\w+)", text))
    assert guarded == set(WRITTEN_ONCE)
