"""What others heard once they hear for ever, and nothing more than they may."""

import json
import re
from pathlib import Path

import pytest

from reference.catalogue import demonstration_people
from rules.publishing.publication import PUBLIC
from rules.telling.envelope import KINDS, OF_CYCLES, PUBLIC_FACTS, House, envelope, type_of
from schemas.events import AnyEvent
from schemas.feed import CloudEvent, Scope
from schemas.people import Actor, Role
from schemas.programme.events import ProgrammeOpened
from schemas.programme.records import ProgrammeEntry
from schemas.records import Entry
from scripts import events_document
from tests.receiver import as_the_library_reads_it
from tests.schemas.outside import HOUSE, SCOPES, entries, heard, place
from tests.schemas.test_golden import kinds

EVERY = [(scope, file) for scope in SCOPES for file in entries(scope)]
IDS = [f"{scope}-{file.stem}" for scope, file in EVERY]


@pytest.mark.parametrize(("scope", "file"), EVERY, ids=IDS)
def test_an_event_is_heard_as_it_was_heard_first(scope: Scope, file: Path) -> None:
    """Field by field the same as in its golden file."""
    written = json.loads(place(file, scope).read_text(encoding="utf8"))
    assert json.loads(heard(file, scope).model_dump_json()) == written
    assert CloudEvent.model_validate(written) == heard(file, scope)


@pytest.mark.parametrize(("scope", "file"), EVERY, ids=IDS)
def test_the_reference_library_takes_it(scope: Scope, file: Path) -> None:
    """Each is a CloudEvent for a program that has never heard of us."""
    event = as_the_library_reads_it(json.loads(heard(file, scope).model_dump_json()))
    assert event.get_type().startswith("answerable.")
    assert event.get_subject() == event.get_data()["cycle"]


def test_every_kind_has_its_golden_files() -> None:
    """None too few and none too many, in each scope."""
    for scope in SCOPES:
        folder = place(Path("x"), scope).parent
        assert {one.stem for one in folder.glob("*.json")} == {one.stem for one in entries(scope)}
    assert set(OF_CYCLES) == kinds(AnyEvent)
    assert set(PUBLIC_FACTS) == set(PUBLIC)


@pytest.mark.parametrize("file", entries("public"), ids=lambda file: file.stem)
def test_in_public_there_is_no_text_no_file_and_nobody(file: Path) -> None:
    """Neither a reference nor a digest by which what is withheld could be guessed, nor the id of a person."""
    event = heard(file, "public")
    said = json.dumps({**event.data, "facts": {**event.data["facts"], "fingerprint": ""}})
    assert not re.search(r"text:|[0-9a-f]{64}", said)
    assert [one for one in demonstration_people() if f'"{one}"' in said and one != role_of(file)] == []


def role_of(file: Path) -> str:
    """The role of who did it, which is the id of somebody too in the demonstration."""
    entry = Entry.model_validate_json(file.read_text(encoding="utf8"))
    return entry.actor.role.value


def test_types_are_told_apart_and_begin_with_the_offices_word() -> None:
    """One type for each kind, in small letters."""
    house = House("https://x.example", "west-mercia")
    types = [type_of(kind, house) for kind in KINDS]
    assert len(set(types)) == len(KINDS)
    assert all(re.fullmatch(r"west-mercia\.[a-z-]+\.v1", one) for one in types)


def test_a_programmes_entry_is_an_event_too() -> None:
    """Its subject is the programme, and it is the office's alone."""
    entry = ProgrammeEntry.model_validate(
        {
            "programme": "PRG-west-mercia-opcc",
            "version": 1,
            "at": "2026-04-01T09:00:00Z",
            "actor": Actor(person="policy-officer", role=Role.POLICY_OFFICER),
            "key": "first-act",
            "content": "c",
            "event": ProgrammeOpened(),
        }
    )
    event = envelope(entry, "office", HOUSE)
    assert (event.id, event.subject) == ("PRG-west-mercia-opcc/1", "PRG-west-mercia-opcc")
    assert event.type == "answerable.programme-opened.v1"
    as_the_library_reads_it(json.loads(event.model_dump_json()))


def test_the_document_of_events_is_what_the_shapes_say() -> None:
    """docs/events.md is made, not written."""
    assert events_document.main(["--check"]) == 0
