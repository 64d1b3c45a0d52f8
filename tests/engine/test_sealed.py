"""What Temporal keeps, encrypted and read again."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.api.history.v1 import History
from temporalio.client import WorkflowHistory
from temporalio.exceptions import ApplicationError

from engine.connection import replayer
from engine.preflight import Taken, look_at
from engine.preflight.sources import Found, of_folder, save
from engine.sealed import ENCODING, OPEN, Sealed, Sealing
from sealing.keys import KeyMissingError, KeyRing, new_key
from sealing.payloads import AlteredError
from tests import scenario as s

HISTORIES = Path(__file__).parents[1] / "replay" / "histories"
RING = KeyRing((new_key(),))
SEALING = Sealing(RING, "default")
REASON = "Kidderminster: the custody record of a named person"


async def encoded(sealing: Sealing, value: object) -> Payload:
    """A value as Temporal keeps it."""
    (found,) = await sealing.converter().encode([value])
    return found


@pytest.mark.parametrize("words", [REASON, REASON * 100])
async def test_what_temporal_keeps_is_unreadable_and_comes_back(words: str) -> None:
    """Twice the same is never twice the same bytes; the key is named."""
    first, second = await encoded(SEALING, words), await encoded(SEALING, words)
    assert first.data != second.data
    for one in (first, second):
        assert one.metadata == {"encoding": ENCODING, "key-id": RING.writes.id.encode()}
        assert b"Kidderminster" not in one.SerializeToString()
        assert await SEALING.converter().decode([one], [str]) == [words]


async def test_a_command_of_ours_comes_back_as_the_shape_that_it_was() -> None:
    """The converter for our shapes works within the envelope."""
    command = s.submit("HTA-2026-07")
    kept = await encoded(SEALING, command)
    assert await SEALING.converter().decode([kept], [type(command)]) == [command]


async def test_after_a_rotation_the_new_key_writes_and_both_read() -> None:
    """And a ring that has only the new one says which is missing."""
    new = new_key()
    both, alone = replace(SEALING, ring=KeyRing((new, *RING))), replace(SEALING, ring=KeyRing((new,)))
    old, now = await encoded(SEALING, REASON), await encoded(both, REASON)
    assert now.metadata["key-id"] == new.id.encode()
    assert await both.converter().decode([old, now]) == [REASON, REASON]
    with pytest.raises(KeyMissingError, match=RING.writes.id):
        await alone.converter().decode([old])


async def test_what_was_kept_before_there_were_keys_is_read() -> None:
    """And is not touched."""
    plain = await encoded(OPEN, REASON)
    assert plain.metadata["encoding"] == b"json/plain"
    assert await SEALING.converter().decode([plain]) == [REASON]


OTHER = new_key()
LONGER = replace(SEALING, ring=KeyRing((*RING, OTHER)))
ALTERED: dict[str, Callable[[Payload], tuple[Payload, Sealing]]] = {
    "a bit": lambda kept: (_with(kept, kept.data[:-1] + bytes([kept.data[-1] ^ 1])), SEALING),
    "the nonce": lambda kept: (_with(kept, bytes([kept.data[0] ^ 1]) + kept.data[1:]), SEALING),
    "the end": lambda kept: (_with(kept, kept.data[:20]), SEALING),
    "nothing left": lambda kept: (_with(kept, b""), SEALING),
    "another namespace": lambda kept: (kept, replace(SEALING, namespace="other")),
    "another key's name": lambda kept: (_with(kept, kept.data, OTHER.id), LONGER),
}


def _with(kept: Payload, data: bytes, key_id: str = RING.writes.id) -> Payload:
    return Payload(metadata={**kept.metadata, "key-id": key_id.encode()}, data=data)


@pytest.mark.parametrize("change", ALTERED)
async def test_what_was_altered_or_comes_from_elsewhere_is_refused(change: str) -> None:
    """And the refusal says what helps."""
    payload, sealing = ALTERED[change](await encoded(SEALING, REASON))
    with pytest.raises(AlteredError, match="Bring the engine's state back"):
        await sealing.converter().decode([payload])


async def test_what_is_encrypted_is_not_encrypted_twice() -> None:
    """A payload that was read raw and is handed on stays one envelope."""
    kept, codec = await encoded(SEALING, REASON), Sealed(RING, "default")
    assert await codec.encode([kept]) == [kept]


async def test_the_words_of_a_fault_are_encrypted_too() -> None:
    """What was raised, and where, is read by whoever has the key."""
    failure, converter = Failure(), SEALING.converter()
    await converter.encode_failure(ApplicationError(REASON, REASON), failure)
    assert b"Kidderminster" not in failure.SerializeToString()
    found = await converter.decode_failure(failure)
    assert REASON in str(found)


OF_THE_SERVER = {"search_attributes", "data", "patch-data"}
"""What the server itself reads, and what the engine's library writes for itself in its markers."""


def payloads_of(message: Message) -> Iterator[Payload]:
    """Every payload within a message that is ours."""
    for found, value in message.ListFields():
        if found.message_type is None or found.name in OF_THE_SERVER:
            continue
        if found.message_type.GetOptions().map_entry:
            inside = [value[key] for key in value if key not in OF_THE_SERVER]
        else:
            inside = [value] if isinstance(value, Message) else value
        for one in inside:
            if isinstance(one, Payload):
                yield one
            elif isinstance(one, Message):
                yield from payloads_of(one)


def as_kept(file: Path) -> WorkflowHistory:
    """A recorded history as Temporal would have it with keys."""
    history = WorkflowHistory.from_json(file.stem, file.read_text(encoding="utf-8"))
    codec = Sealed(RING, "default")
    for event in history.events:
        for one in payloads_of(event):
            one.CopyFrom(codec.closed(one))
    return history


@pytest.mark.parametrize("name", ["opening", "rapid"])
async def test_an_encrypted_history_runs_on_the_present_code(name: str) -> None:
    """With its keys; without them it stops and does nothing."""
    history = as_kept(HISTORIES / f"{name}.json")
    await replayer(SEALING).replay_workflow(history)
    with pytest.raises(Exception, match=r".+"):
        await replayer().replay_workflow(history)


async def test_the_pre_flight_reads_with_the_keys_and_saves_what_is_encrypted(tmp_path: Path) -> None:
    """Over several processes as over one."""
    history, found = as_kept(HISTORIES / "rapid.json"), Found()
    started = history.events[0].workflow_execution_started_event_attributes
    save([Taken(workflow_id=started.workflow_id, content=content_of(history))], tmp_path)

    async def parcels() -> AsyncIterator[list[Taken]]:
        async for one in of_folder(tmp_path, found):
            yield one

    (judged,) = await look_at(parcels(), 1, sealing=SEALING)
    assert judged.breaks is None
    assert judged.deadlines is not None
    (lost,) = await look_at(parcels(), 1)
    assert lost.breaks is not None


def content_of(history: WorkflowHistory) -> bytes:
    """A history as it is handed on."""
    return History(events=history.events).SerializeToString()
