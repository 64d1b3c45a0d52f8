"""The file of keys."""

import subprocess
from pathlib import Path

import pytest

from sealing.keys import Key, KeyMissingError, KeyRing, KeysWrongError, derived, keep, new_key, parse

ROOT = Path(__file__).parents[2]
PATH = "/usr/bin:/bin"


def test_a_ring_is_read_as_it_was_written(tmp_path: Path) -> None:
    """The first key writes; a new file is for its owner alone, and an old one stays as open as it was."""
    ring, file = KeyRing((new_key("2026-11-23"), new_key())), tmp_path / "keys"
    keep(file, ring)
    assert parse(file.read_text()) == ring
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o444)
    keep(file, KeyRing(ring.keys[:1]))
    assert file.stat().st_mode & 0o777 == 0o444
    assert [one.name for one in tmp_path.iterdir()] == ["keys"]


def test_a_key_alone_is_a_ring() -> None:
    """As a shell makes one."""
    key = new_key()
    assert parse(key.line().split()[1] + "\n").writes == key


def test_the_key_that_is_made_on_a_server_is_a_ring(tmp_path: Path) -> None:
    """deploy/secrets.sh makes one once, and leaves it alone ever after."""
    command = ["sh", str(ROOT / "deploy" / "secrets.sh")]
    made = set()
    for _ in range(2):
        subprocess.run(command, env={"SECRETS": str(tmp_path), "PATH": PATH}, check=True, capture_output=True)
        made.add(parse((tmp_path / "keys").read_text()).writes.id)
    assert len(made) == 1


def test_the_names_and_uses_of_keys_never_change() -> None:
    """What was encrypted is found under the same name and opened by the same key for ever."""
    key = Key(bytes(range(32)))
    assert key.id == "8f7e13d383e26139"
    assert derived(key, "files").hex() == FILES
    assert derived(key, "payloads").hex() == PAYLOADS


def wrong_files() -> dict[str, str]:
    """Files that are no ring, by what the refusal says."""
    one, other = new_key(), new_key()
    named = one.line().split()
    return {
        "there is no key in it": "# only a comment\n",
        "stands in it twice": f"{one.line()}\n{other.line()}\n{named[1]}\n",
        "line 2 is not a key": f"{other.line()}\n{one.line()[:-3]}\n",
        "not the one that its name says": f"{one.id} {other.line().split()[1]}\n",
    }


@pytest.mark.parametrize("said", wrong_files())
def test_a_file_that_is_no_ring_is_refused_and_nothing_of_a_key_is_said(said: str) -> None:
    """The line is named, and what to do."""
    text = wrong_files()[said]
    with pytest.raises(KeysWrongError, match=said) as refusal:
        parse(text)
    assert not [word for word in text.split() if len(word) > 30 and word in str(refusal.value)]


def test_no_key_is_shown_by_accident() -> None:
    """Neither a key nor a ring says what is in it."""
    key = new_key()
    ring = KeyRing((key,))
    for shown in (repr(key), str(ring), repr(ring)):
        assert key.line().split()[1] not in shown
        assert repr(key.secret) not in shown
    with pytest.raises(KeyMissingError, match="0123456789abcdef"):
        ring.find("0123456789abcdef")


FILES = "d8a5e55c33ebd51795b7974713e4fc83cfc7dde4e7ae7ebccc5aab8532fd4f11"
PAYLOADS = "950da38dee7b0b6d0d24585b633fed3163d75baae3a759a4ddf32c8484d4af68"
