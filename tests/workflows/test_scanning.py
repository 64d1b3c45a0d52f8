"""Scanning: the real scanner, the real engine and a real shelf; a file is held until it was found clean."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import asyncpg
import pytest

from activities.scanning import ScanActivities
from clients.clamd import Clamd
from clients.shelf import Shelf, Shelved
from engine.connection import employ
from engine.files import GuardedShelf, HeldError
from engine.scanning import Nudges, Scanning, arrange_scans, schedule_id
from rules.scanning import KEPT_IN_QUARANTINE
from schemas.evidence import FileItem
from schemas.files import Release, Scan, Verdict
from schemas.outcomes import Receipt
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from store.reads import Reads
from store.scans import Scans
from tests import scenario as s
from tests.clamd import EICAR, MARK, a_clamd, needs_clamd
from tests.conftest import Office, PostBag

pytestmark = pytest.mark.real
TEXT = b"area,number\nWorcester,3\n"


@dataclass
class Files:
    """A shelf and what is known of the files on it."""

    pool: Pool
    shelf: Shelf
    folder: Path
    post: PostBag = field(default_factory=PostBag)

    @property
    def scans(self) -> Scans:
        """What is known."""
        return Scans(self.pool)

    async def put(self, content: bytes, name: str = "a.csv") -> FileItem:
        """Put a file on the shelf and note it."""

        async def pieces() -> AsyncIterator[bytes]:
            yield content

        found = await self.shelf.put(pieces(), name, 1_000_000)
        assert isinstance(found, Shelved)
        item = FileItem(digest=found.digest, size=found.size, media_type=found.media_type, name=s.say(name))
        await Keeping(self.pool).keep_file(item)
        return item

    async def of(self, item: FileItem) -> Scan:
        """What is known of one."""
        return (await self.scans.scans([item.digest]))[item.digest]

    async def opens(self, item: FileItem) -> bool:
        """Whether a page could give it out."""
        try:
            await GuardedShelf(self.shelf, Reads(self.pool), unscanned_open=False).open(item.digest)
        except HeldError:
            return False
        return True

    def scanning(self, scanner: Clamd | None, now: datetime | None = None) -> Scanning:
        """The rounds."""
        clock = (lambda: now) if now else s.wall_now
        return Scanning(self.scans, self.shelf, scanner, self.post, Reads(self.pool), now=clock)


@pytest.fixture
def files(pool: Pool, tmp_path: Path) -> Files:
    """An empty shelf."""
    return Files(pool, Shelf((tmp_path / "shelf").as_uri()), tmp_path / "shelf")


@needs_clamd
async def test_a_file_is_held_until_the_scanner_is_up_and_finds_it_clean(
    office: Office, files: Files
) -> None:
    """The round waits for the scanner; what is infected is put away, and whom it concerns is told once."""
    clean, eicar = await files.put(TEXT), await files.put(EICAR, "e.txt")
    reference, queue, client = s.fresh_reference(), f"scan-{secrets.token_hex(4)}", office.engine.client
    await office.desk.send(s.open_cycle(reference, s.wall_now(), 1))
    assert isinstance(await office.desk.send(s.submit(reference, items=(clean, eicar))), Receipt)
    async with a_clamd() as clamd:
        beside = ScanActivities(files.scanning(Clamd(clamd.address))).all()
        async with employ(client, queue, Ledger(files.pool), files.post, beside=beside):
            await arrange_scans(client, queue)
            await arrange_scans(client, queue)
            await Nudges(client, queue).soon()
            async with asyncio.timeout(20):
                while not (await files.of(clean)).trouble:
                    await asyncio.sleep(0.05)
                assert (await files.of(clean)).state == "waiting"
                assert not await files.opens(clean)
                await clamd.start()
                # The round under way may fail for one file and find the scanner up for the next.
                while not files.post.sent or (await files.of(clean)).state == "waiting":
                    await asyncio.sleep(0.05)
            await client.get_schedule_handle(schedule_id(queue)).delete()
        assert (await files.of(clean)).state == "clean"
        assert await files.opens(clean)
        assert (await files.of(eicar)).found == "Eicar-Test-File.UNOFFICIAL"
        assert not await files.opens(eicar)
        await files.scanning(Clamd(clamd.address)).round()
    (told,) = files.post.sent
    assert (told.template, told.to, told.request) == ("file_infected", ("acc-local-policing",), 1)
    assert [one.name for one in files.folder.glob("quarantine/*/*")] == [eicar.digest]
    assert not (files.folder / eicar.digest[:2] / eicar.digest).exists()


async def test_nobody_hears_a_nudge_and_nothing_breaks(office: Office) -> None:
    """Where there is no schedule yet, the file simply waits for one."""
    await Nudges(office.engine.client, "nobody-works-here").soon()


async def test_without_a_scanner_files_are_held_until_a_person_lets_them_go_on_record(files: Files) -> None:
    """Released once, with a line in the log; once a scanner is there, it looks at them after all."""
    item = await files.put(TEXT)
    assert (await files.scanning(None).round()).held == 1
    assert (await files.of(item)).state == "not_scanned"
    assert not await files.opens(item)
    release = Release(
        digest=item.digest, cycle="HTA-2026-01", by="chief-executive", role="chief_executive",
        reason="Checked on a computer of its own.", at=s.wall_now(),
    )  # fmt: skip
    assert [await files.scans.release(release) for _ in range(2)] == [True, False]
    assert await files.opens(item)
    (line,) = await Reads(files.pool).access()
    assert (line.person, line.cycle, line.reason) == (release.by, release.cycle, release.reason)
    assert (await files.scanning(None).round()).held == 0
    assert await files.scans.to_look_at(scanner=True) == (item.digest,)


async def test_what_was_found_stays_found(files: Files) -> None:
    """Nothing makes an infected file clean; sent again it is put away again; after 30 days it is gone."""
    item, now = await files.put(b"x" + MARK, "a.txt"), s.wall_now()
    await files.scans.note(item.digest, Verdict(state="infected", found="A.Name"), now)
    await files.scanning(None).round()
    for _ in range(2):
        await files.scans.note(item.digest, Verdict(state="clean"), now)
        assert (await files.of(item)).state == "infected"
        await files.put(b"x" + MARK, "b.txt")
        assert not await files.opens(item)
        await files.scanning(None).round()
        assert not (files.folder / item.digest[:2] / item.digest).exists()
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await files.pool.execute("update files set scan = 'clean' where digest = $1", item.digest)
    soon, late = (now + KEPT_IN_QUARANTINE + timedelta(hours=one) for one in (-1, 1))
    assert (await files.scanning(None, soon).round()).removed == 0
    assert (await files.scanning(None, late).round()).removed == 1
    assert [one for one in files.folder.rglob("*") if one.is_file()] == []
    assert (await files.of(item)).state == "infected"


@needs_clamd
async def test_new_signatures_look_again_at_what_was_clean(files: Files) -> None:
    """Until then it stays open; a file that lies nowhere is passed over and waits."""
    item = await files.put(TEXT + MARK, "a.txt")
    lost = FileItem(digest="0" * 64, size=1, media_type="text/plain", name=s.say("lost.txt"))
    await Keeping(files.pool).keep_file(lost)
    await files.scans.note(item.digest, Verdict(state="clean"), s.wall_now() - timedelta(days=2))
    assert await files.scans.look_again(s.wall_now() - timedelta(days=1)) == 0
    assert await files.scans.look_again(s.wall_now() - timedelta(days=3)) == 1
    assert await files.opens(item)
    async with a_clamd() as clamd:
        await clamd.start()
        came = await files.scanning(Clamd(clamd.address)).round()
    assert (came.infected, came.failed) == (1, 1)
    assert not await files.opens(item)
    assert (await files.of(lost)).trouble == "It does not lie on the shelf"
