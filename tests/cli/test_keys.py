"""Keys from the command line: made, listed, turned over and dropped, and every file encrypted."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from cli.program import run
from clients.shelf import Shelf
from sealing.keys import parse
from tests.clients.test_stacks import lying, read, taken


class Line:
    """The command line, with its folder of files and its file of keys."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.keys, self.files, self._capsys = home / "keys", home / "files", capsys
        self.said = ""

    def __call__(self, words: str, code: int = 0) -> Any:
        """Type words; what was answered."""
        assert run([*words.split(), "--json"]) == code
        out, err = self._capsys.readouterr()
        self.said += out + err
        return json.loads(out) if out else err


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Line:
    """A deployment that has files and no keys yet."""
    monkeypatch.setenv("ANSWERABLE_HOME", str(tmp_path))
    monkeypatch.setenv("ANSWERABLE_FILES_URL", (tmp_path / "files").as_uri())
    monkeypatch.delenv("ANSWERABLE_KEYS_FILE", raising=False)
    return Line(tmp_path, capsys)


def test_a_key_is_turned_over_as_the_document_says(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made; a second one made to read, then to write; files gone over; the first one dropped."""
    open_one = asyncio.run(taken(Shelf(line.files.as_uri())))
    assert "no keys to encrypt with" in line("files encrypt", 2)
    first = line(f"keys new --file {line.keys}")["id"]
    monkeypatch.setenv("ANSWERABLE_KEYS_FILE", str(line.keys))
    assert line("files encrypt") == {"encrypted": 1, "stood": 0, "wrong": {}}
    second = line("keys new")
    assert second["writes"] is False
    assert parse(line.keys.read_text()).writes.id == first
    assert line("keys use " + second["id"]) == {"writes": second["id"]}
    listed = line("keys list")
    assert [(one["id"], one["writes"], one["files"]) for one in listed["keys"]] == [
        (second["id"], True, 0),
        (first, False, 1),
    ]
    assert "1 files need that key" in line(f"keys drop {first}", 2)
    assert line("files encrypt")["encrypted"] == 1
    assert "may still need it" in line(f"keys drop {first}", 2)
    assert line(f"keys drop {first} --sure") == {"dropped": first}
    ring = parse(line.keys.read_text())
    assert [one.id for one in ring] == [second["id"]]
    assert asyncio.run(read(Shelf(line.files.as_uri(), ring), open_one))
    assert [one for one in line.keys.read_text().split() if len(one) == 43 and one in line.said] == []


def test_what_cannot_be_is_said_in_a_sentence(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file, no such key, the key that writes, a damaged file."""
    assert "write --file FILE" in line("keys list", 2)
    key = line(f"keys new --file {line.keys}")["id"]
    assert "Let another write first" in line(f"keys drop {key} --file {line.keys}", 2)
    assert "There is no key 0" in line(f"keys use 0 --file {line.keys}", 2)
    assert "is not a file of keys" in line(f"keys list --file {Path(__file__)}", 2)
    monkeypatch.setenv("ANSWERABLE_KEYS_FILE", str(line.keys))
    digest = asyncio.run(taken(Shelf(line.files.as_uri())))
    (file,) = lying(line.files)
    file.write_bytes(b"something else")
    assert list(line("files encrypt", 1)["wrong"]) == [f"{digest[:2]}/{digest}"]
