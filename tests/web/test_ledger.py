"""The pages that prove the record, and the program that checks what they give out."""

import hashlib
import json
import runpy
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from cryptography.exceptions import InvalidSignature

from handover import __file__ as room
from rules.proving.signing import digest
from store.reads import Reads
from tests.proving_memory import FACTS, PUBLISHED, MemoryRecord, a_key, a_record
from tests.web.house import House
from tests.web.ledger_memory import LedgerMemory
from web.papers.ledger import ledger_files

KEY, OTHER = a_key(), a_key()
PROGRAM = Path(room).parent / "verify_ledger.py"
Files = dict[str, Any]


async def proved(house: House) -> MemoryRecord:
    """A record of three days behind the pages."""
    record = await a_record([KEY])
    cast("LedgerMemory", house.rooms.reads).proved = record
    return record


async def test_the_page_says_what_it_is_and_how_to_check_it(house: House) -> None:
    """The newest checkpoint, the way to keep it, and the program; before the first, that there is none."""
    before = await house.browser.get("/ledger")
    assert "There is no checkpoint yet." in before.text
    record = await proved(house)
    newest = record.signed[-1].checkpoint
    page = await house.browser.get("/ledger")
    assert digest(newest) in page.text
    assert f"{newest.entries} entries in {newest.chains} chains" in page.text
    assert 'href="/follow?what=ledger"' in page.text
    assert f"verify_ledger.py archive.zip {newest.number}:{digest(newest)}" in page.text
    assert KEY.public in page.text
    beyond = await house.browser.get("/ledger?page=7")
    assert "There is no page 7" in beyond.text


async def test_checkpoints_keys_and_proofs_are_small_files(house: House) -> None:
    """Each is there for everybody as data; what is not there is 404, whatever is asked for."""
    record = await proved(house)
    found = (await house.browser.get("/ledger/checkpoints/3.json")).json()
    assert found["digest"] == digest(record.signed[-1].checkpoint)
    assert (await house.browser.get("/ledger/keys.json")).json() == {KEY.id: KEY.public}
    proof = await house.browser.get(f"/ledger/proofs/{PUBLISHED.lower()}.json")
    assert proof.json()["chain"] == PUBLISHED
    assert (await house.browser.get("/ledger/verify_ledger.py")).content == PROGRAM.read_bytes()
    absent = ("checkpoints/9", "checkpoints/0", "checkpoints/x", "proofs/hta-2026-02", "proofs/nonsense")
    for nothing in absent:
        assert (await house.browser.get(f"/ledger/{nothing}.json")).status_code in (404, 422), nothing


async def test_a_proof_says_nothing_of_what_is_not_public(house: House) -> None:
    """Of all strings of a chain, only the kind and the fingerprint of what was published can be read."""
    await proved(house)
    text = (await house.browser.get(f"/ledger/proofs/{PUBLISHED.lower()}.json")).text
    for secret in ("policy-officer", "chief", "west-mercia", "key-", "2026-07-01", "SessionHeld", "text:"):
        assert secret not in text, secret
    opened = [one["opened"] for one in json.loads(text)["shown"]]
    assert opened
    assert all(set(one) == {"kind", "fingerprint"} for one in opened)


async def an_archive() -> Files:
    """The files of an archive with one set of findings that is in the record."""
    reads = LedgerMemory()
    reads.proved = await a_record([KEY])
    files: Files = {
        name: json.loads(bytes(cast("bytes", said)))
        async for name, said in ledger_files(cast("Reads", reads))
        if name.endswith(".json")
    }
    fingerprint = hashlib.sha256(FACTS.encode()).hexdigest()
    files["findings/hta-2026-03/version-1.json"] = {
        "reference": PUBLISHED, "version": 1, "canonical": FACTS, "fingerprint": fingerprint,
    }  # fmt: skip
    return files


def checked(files: Files, folder: Path, monkeypatch: pytest.MonkeyPatch, *kept: str) -> None:
    """Run the program over an archive."""
    with zipfile.ZipFile(folder / "archive.zip", "w") as archive:
        for name, said in files.items():
            archive.writestr(name, json.dumps(said))
    monkeypatch.setattr(sys, "argv", ["verify_ledger.py", str(folder / "archive.zip"), *kept])
    runpy.run_path(str(PROGRAM), run_name="__main__")


async def test_the_program_finds_an_archive_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By nothing, by the office's key, and by a checkpoint that somebody kept; what is newer waits."""
    files = await an_archive()
    files["findings/hta-2026-09/version-1.json"] = files["findings/hta-2026-03/version-1.json"] | {
        "reference": "HTA-2026-09"
    }
    known = hashlib.sha256(b"answerable/ledger/1/checkpoint\n" + _canonical(files, 2)).hexdigest()
    for kept in ((), (KEY.id,), (f"2:{known}",), (KEY.id, f"2:{known}")):
        checked(files, tmp_path, monkeypatch, *kept)
        said = capsys.readouterr().out.splitlines()
        assert said == [
            "findings/hta-2026-03/version-1.json: proved",
            "findings/hta-2026-09/version-1.json: waits for the next checkpoint",
        ]


def _canonical(files: Files, number: int) -> bytes:
    said = files["ledger/checkpoints.json"][number - 1]["checkpoint"]
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _proof(files: Files) -> Any:
    return files[f"ledger/proofs/{PUBLISHED}.json"]


def _sign_anew(files: Files) -> None:
    record = files["ledger/checkpoints.json"]
    files["ledger/keys.json"] = {OTHER.id: OTHER.public}
    last = None
    for one in record:
        one["checkpoint"] |= {"key": OTHER.id, "previous": last}
        message = (
            b"answerable/ledger/1/checkpoint\n"
            + json.dumps(
                one["checkpoint"], sort_keys=True, separators=(",", ":"), ensure_ascii=False
            ).encode()
        )
        one["signatures"] = {OTHER.id: OTHER.private.sign(message).hex()}
        last = hashlib.sha256(message).hexdigest()


WRONGS: dict[str, Callable[[Files], object]] = {
    "other findings": lambda it: it["findings/hta-2026-03/version-1.json"].update(
        canonical="{}", fingerprint=hashlib.sha256(b"{}").hexdigest()
    ),
    "another fingerprint": lambda it: it["findings/hta-2026-03/version-1.json"].update(fingerprint="0" * 64),
    "a step": lambda it: _proof(it)["steps"].__setitem__(0, "00" * 32),
    "a step less": lambda it: _proof(it)["steps"].pop(),
    "what is shown": lambda it: _proof(it)["shown"][0]["opened"]["fingerprint"].__setitem__(1, "0" * 64),
    "an entry": lambda it: _proof(it)["shown"][0]["closed"].update(version=1),
    "when": lambda it: _proof(it)["shown"][0].update(recorded_at=1),
    "the path": lambda it: _proof(it)["path"].reverse(),
    "its place": lambda it: _proof(it).update(index=0),
    "a checkpoint": lambda it: it["ledger/checkpoints.json"][1]["checkpoint"].update(entries=1),
    "a checkpoint less": lambda it: it["ledger/checkpoints.json"].pop(0),
    "the key": lambda it: it["ledger/keys.json"].update({KEY.id: OTHER.public}),
    "everything signed anew": _sign_anew,
}


@pytest.mark.parametrize("name", WRONGS)
async def test_the_program_finds_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whatever is changed in the archive: it ends with what is wrong, or with a signature that is none."""
    files = await an_archive()
    WRONGS[name](files)
    with pytest.raises((SystemExit, InvalidSignature)):
        checked(files, tmp_path, monkeypatch, KEY.id)


async def test_a_checkpoint_that_was_kept_and_is_another_now_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where all keys were theirs: whoever kept one number finds that it is not there."""
    files = await an_archive()
    with pytest.raises(SystemExit, match="what you kept"):
        checked(files, tmp_path, monkeypatch, f"2:{'0' * 64}")


def test_the_program_can_be_read_in_a_few_minutes() -> None:
    """At most sixty lines, which need nothing but Python and its package for signatures."""
    lines = PROGRAM.read_text(encoding="utf8").splitlines()
    assert len(lines) <= 60
    needed = {one.split()[1].split(".")[0] for one in lines if one.startswith(("import ", "from "))}
    assert needed == {"json", "sys", "zipfile", "hashlib", "typing", "cryptography"}
