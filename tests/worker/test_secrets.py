"""Nothing planted is found again: in what Temporal keeps, in the log, in mails, on the disk."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from temporalio.api.history.v1 import History
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from clients.shelf import Shelf, Shelved
from engine.connection import Address, reach, replayer
from engine.desk import Desk
from engine.sealed import Sealing
from reference.catalogue import demonstration_people
from schemas.commands import AnyCommand
from schemas.evidence import FileItem, WrittenItem
from schemas.outcomes import Receipt
from sealing.keys import KeyRing, keep, new_key
from store.keeping import Keeping
from store.pool import connect
from store.reads import Reads
from tests import scenario as s
from tests.engine.test_sealed import payloads_of
from tests.mail_server import MailServer, listening
from tests.worker.running import Running, soon, worker
from tests.worker.test_worker import furnish, target

pytestmark = pytest.mark.real
WORDS = {name: f"planted-{name}-{secrets.token_hex(6)}" for name in (
    "title", "question", "paper", "asked", "answer", "gap", "statement", "findings", "reasons", "bytes",
    "name",
)}  # fmt: skip
"""What people wrote: only the store may have it, and of it a mail what its reader is to be told."""
IN_MAILS = {"title", "question", "paper", "asked", "gap", "name"}
"""What a lead is asked and is missing; and in the receipt of a return the names of its files."""
ADDRESSES = {one.address for one in demonstration_people().values() if one.address}
LEAST_MAILS = 5


@dataclass
class Around:
    """A worker as it is deployed, with its keys, and everything that it leaves behind."""

    client: Client
    plain: Client
    desk: Desk
    shelf: Shelf
    running: Running
    post: MailServer
    secret: tuple[str, ...] = field(repr=False)
    sealing: Sealing = field(repr=False)

    async def done(self, *commands: AnyCommand) -> None:
        """Hand in commands that must be accepted."""
        for command in commands:
            outcome = await self.desk.send(command, s.WORDS)
            assert isinstance(outcome, Receipt), outcome

    def mails(self) -> bytes:
        """Every mail, with its parts as people read them."""
        parts = [part for one in self.post.taken for part in one.walk() if not part.is_multipart()]
        bodies = [part.get_payload(decode=True) or b"" for part in parts]
        return b"\n".join(
            [str(one.items()).encode() for one in self.post.taken] + [bytes(one) for one in bodies]
        )


@pytest.fixture
async def around(database: str, engine: WorkflowEnvironment, tmp_path: Path) -> AsyncIterator[Around]:
    """Its log says everything that it ever says."""
    await furnish(database)
    ring, session = KeyRing((new_key(),)), tmp_path / "session"
    keep(tmp_path / "keys", ring)
    session.write_text(secrets.token_urlsafe(48))
    queue, post = f"q-{secrets.token_hex(6)}", MailServer()
    async with listening(post) as port, await connect(database) as pool:
        settings = {
            "database_url": database, "temporal_address": target(engine), "temporal_task_queue": queue,
            "smtp_host": "127.0.0.1", "smtp_port": port, "session_secret_file": session, "log_level": "DEBUG",
            "keys_file": tmp_path / "keys", "files_url": (tmp_path / "files").as_uri(),
        }  # fmt: skip
        async with worker(**settings) as running:
            assert await running.becomes(200), running.said
            client = await reach(Address(target=target(engine), queue=queue, ring=ring))
            desk = Desk(client, queue, Keeping(pool), Reads(pool), demonstration=True, periods=())
            shelf = Shelf((tmp_path / "files").as_uri(), ring)
            keys = tuple(one.line().split()[1] for one in ring)
            secret = (session.read_text(), *keys, ring.writes.secret.hex())
            yield Around(client, engine.client, desk, shelf, running, post, secret, Sealing(ring))


async def lived(around: Around, ref: str, skip: Callable[[str, float], Awaitable[object]]) -> None:
    """A cycle from question to publication in which every text is one that was planted."""
    say = {name: s.say(words) for name, words in WORDS.items()}
    request = s.draft().model_copy(update={"title": say["paper"], "asked": (say["asked"],)})
    await around.done(
        s.open_cycle(ref, s.wall_now(), 0, title=say["title"], question=say["question"]).model_copy(
            update={"requests": (request,)}
        )
    )
    file = await around.shelf.put(_pieces(WORDS["bytes"].encode()), "a.txt", 1000)
    assert isinstance(file, Shelved)
    items = (
        WrittenItem(text=say["answer"]),
        FileItem(digest=file.digest, size=file.size, media_type=file.media_type, name=say["name"]),
    )
    await around.done(
        s.submit(ref, items=items),
        s.send_back(ref).model_copy(update={"gap": say["gap"]}),
        s.submit(ref, items=items),
        s.accept(ref),
    )
    await skip(ref, 50)
    await around.done(
        s.attendance(ref),
        s.judge(ref).model_copy(update={"reasons": say["reasons"]}),
        s.findings(ref).model_copy(update={"body": say["findings"]}),
        s.approve(ref, s.CHIEF_EXECUTIVE).model_copy(update={"statement": say["statement"]}),
        s.approve(ref, s.COMMISSIONER),
        s.publish(ref),
    )


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def test_what_was_planted_in_a_whole_cycle_is_found_in_the_store_alone(
    around: Around, engine: WorkflowEnvironment, tmp_path: Path
) -> None:
    """Words, addresses and keys: not in Temporal, encrypted or not; not in the log; not on the disk."""
    ref = s.fresh_reference()

    async def skip(reference: str, days: float) -> object:
        return await engine.fast_forward(around.plain.get_workflow_handle(reference), days * s.DAY)

    await lived(around, ref, skip)
    assert await soon(lambda: _mailed(around))
    kept = await everything_of(around.plain, ref)
    read = await opened(around, ref)
    log = "\n".join(around.running.said).encode()
    disk = b"".join(one.read_bytes() for one in (tmp_path / "files").rglob("*") if one.is_file())
    assert ref.encode() in kept
    assert s.LEAD.person.encode() in read
    assert s.LEAD.person.encode() not in kept
    planted = {*WORDS.values(), *ADDRESSES, *around.secret}
    for where, content in (("Temporal", kept), ("decoded", read), ("log", log), ("disk", disk)):
        assert found(planted, content) == set(), where
    private = {words for name, words in WORDS.items() if name not in IN_MAILS}
    assert found({*private, *around.secret}, around.mails()) == set()
    assert found({WORDS["gap"], WORDS["paper"]}, around.mails())


def found(planted: set[str], content: bytes) -> set[str]:
    """Which of what was planted stands in some bytes."""
    return {one for one in planted if one.encode() in content}


async def everything_of(client: Client, ref: str) -> bytes:
    """What Temporal keeps of a cycle, byte by byte: its history, its description, what is searched by."""
    handle = client.get_workflow_handle(ref)
    history, described = await handle.fetch_history(), await handle.describe()
    return History(events=history.events).SerializeToString() + described.raw_description.SerializeToString()


async def opened(around: Around, ref: str) -> bytes:
    """The same history with its payloads decrypted; it runs on the present code."""
    history = await around.plain.get_workflow_handle(ref).fetch_history()
    await replayer(around.sealing).replay_workflow(history)
    codec = around.sealing.converter().payload_codec
    assert codec is not None
    inside = [one for event in history.events for one in payloads_of(event)]
    return b"".join(one.SerializeToString() for one in await codec.decode(inside))


async def _mailed(around: Around) -> bool:
    return len(around.post.taken) >= LEAST_MAILS
