"""Verifying and erasing from the shell, against a real store."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from rules.proving.signing import digest, new_signing_key, signer_of
from settings import Settings
from store.checkpoints import Checkpoints
from store.pool import Pool
from tests.proving_memory import a_key
from tests.rules import acts
from tests.rules.table import opened
from tests.shell import Printed, own_database, typed
from tests.store.test_chain import as_owner, kept
from tests.store.test_ledger import written

pytestmark = pytest.mark.real
Line = Callable[..., Awaitable[Printed]]


@pytest.fixture
async def line(pool: Pool, postgres: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    """Types words over a store with one cycle and its first checkpoint, signed with the office's key."""
    key = tmp_path / "ledger.key"
    key.write_text(new_signing_key(), encoding="utf8")
    settings = Settings(database_url=await own_database(pool, postgres), ledger_key_file=key)
    await written(pool, opened())
    await kept(pool, *settings.ledger_signers)

    async def type_in(words: str, code: int = 0) -> Printed:
        return await typed(settings, capsys, words.split(), code)

    return type_in


async def test_a_record_that_is_right_is_said_to_be(line: Line, pool: Pool) -> None:
    """With the office's own key, and with a checkpoint that somebody kept; as data too."""
    [signed] = await Checkpoints(pool).checkpoints()
    known = digest(signed.checkpoint)
    said = await line(f"ledger verify --seen 1:{known}")
    assert "Chains: 1. Entries: 3. Checkpoints: 1." in said.out
    assert known in said.out
    assert said.out.endswith("Nothing is wrong.\n")
    facts = json.loads((await line("ledger verify --json")).out)
    assert (facts["wrong"], facts["pinned"], facts["newest"]["checkpoint"]["number"]) == ([], True, 1)


async def test_what_is_wrong_is_said_with_its_place_and_what_to_do(line: Line, pool: Pool) -> None:
    """Exit code 1: an altered entry, another key, a checkpoint that was another."""
    await as_owner(pool, "update ledger set key = 'another-key' where version = 2")
    said = await line("ledger verify", code=1)
    assert f"WRONG {acts.REF}/2: entry 2 is not what was recorded, or not in its place. Stop the" in said.out
    assert "Nothing is wrong" not in said.out
    other = await line(f"ledger verify --public-key {a_key().public}", code=1)
    assert "checkpoint 1 is signed with the key" in other.out
    seen = await line(f"ledger verify --seen 1:{'0' * 64}", code=1)
    assert "WRONG checkpoint 1: checkpoint 1 is another." in seen.out
    assert len(json.loads((await line("ledger verify --json", code=1)).out)["wrong"]) == 1


WRONG_USAGE = {
    "ledger verify --seen twelve": "Write after --seen a number, a colon and the digest",
    "ledger verify --public-key abc": "Write after --public-key 64 figures",
    "ledger erase words --reason Why --as policy-officer": "Write the text's reference",
    f"ledger erase text:{'0' * 64} --reason Why --as policy-officer": "Write the text's reference",
    f"ledger erase text:{'1' * 64} --reason Why --as commissioner": "Only the chief executive and policy",
    f"ledger erase text:{'1' * 64} --reason Why": "Say who acts.",
}


async def test_what_cannot_be_used_is_refused_with_what_to_type(line: Line) -> None:
    """Exit code 2 and one sentence; nothing is erased."""
    for words, says in WRONG_USAGE.items():
        assert says in (await line(words, code=2)).err, words


async def test_a_text_is_erased_from_a_cycle_that_is_closed(line: Line, pool: Pool) -> None:
    """While it is open the words go and what stays is said; then the rest goes, and the record is right."""
    text = opened().cycle.title
    await pool.execute("insert into texts (ref, words) values ($1, 'A name') on conflict do nothing", text)
    words = f"ledger erase {text} --as policy-officer --reason Asked"
    first = await line(words)
    assert f"Still open, so their entries keep its reference until then: {acts.REF}." in first.out
    await pool.execute("update cycles set stage = 'closed'")
    assert "Entries from which what led to them is gone too: 1." in (await line(words)).out
    assert "There is no such text" in (await line(words)).out
    assert "Entries of which something was erased, as noted: 1." in (await line("ledger verify")).out


def test_a_file_that_holds_no_key_is_refused_with_how_to_make_one(tmp_path: Path) -> None:
    """The setting's refusal names the file and the command."""
    file = tmp_path / "key"
    file.write_text("no key", encoding="utf8")
    with pytest.raises(ValueError, match="openssl genpkey -algorithm ed25519"):
        Settings(ledger_key_file=file)
    assert getattr(signer_of("no key"), "code", "") == "key_wrong"
