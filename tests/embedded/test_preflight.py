"""What is looked at before the product starts on one machine."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from embedded.preflight import CannotStart, Ports, hold, is_free, missing_assets, room

ROOT = Path(__file__).parents[2]


def test_a_second_copy_in_the_same_folder_is_refused_with_its_sentence(tmp_path: Path) -> None:
    """The folder belongs to the first copy until that one lets go of it."""
    with hold(tmp_path), pytest.raises(CannotStart, match=r"Another copy is already running in .*--home"):
        hold(tmp_path)
    hold(tmp_path).close()


def test_a_port_asked_for_by_name_and_taken_is_refused_with_its_variable() -> None:
    """The sentence says which port is taken and which variable to set."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(CannotStart, match=f"Port {taken} is taken.*ANSWERABLE_WEB_PORT"):
            Ports().exactly(taken, "ANSWERABLE_WEB_PORT")


def test_a_port_that_nobody_asked_for_moves_to_the_next_free_one() -> None:
    """A taken port is passed over, and no port is given out twice."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        ports = Ports()
        first, second = ports.near(taken), ports.near(taken)
        assert len({taken, first, second}) == 3
        assert is_free(first)
        assert is_free(second)


def test_a_port_that_another_copy_has_chosen_is_taken_before_anybody_listens() -> None:
    """Two copies that start at one time choose different ports; the choice ends with whoever made it."""
    first = Ports()
    port = first.near(28_400)
    assert is_free(port)
    other = "from embedded.preflight import Ports; print(Ports().near({0}), Ports().near({0}, 2))"
    words = [sys.executable, "-c", other.format(port)]
    alone, together = subprocess.run(
        words, check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout.split()
    assert int(alone) > port
    assert int(together) > port
    with pytest.raises(CannotStart, match=f"Port {port} is taken"):
        Ports().exactly(port, "ANSWERABLE_WEB_PORT")
    del first
    assert Ports().exactly(port, "ANSWERABLE_WEB_PORT") == port


def test_ports_that_belong_together_are_free_together() -> None:
    """A free port whose neighbour is taken will not do for two."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        assert Ports().near(taken - 1, span=2) > taken


def test_a_listener_on_every_address_also_takes_the_port() -> None:
    """A program that listens on 0.0.0.0 is seen from loopback."""
    with socket.create_server(("0.0.0.0", 0)) as other:  # noqa: S104 - that is the case
        assert not is_free(other.getsockname()[1])


def test_a_disk_that_is_nearly_full_is_refused_with_its_sentence(tmp_path: Path) -> None:
    """The sentence says how much is left, how much is needed, and what to do."""
    with pytest.raises(CannotStart, match=r"Only 499 MB are free .* at least 500 MB .*--home"):
        room(tmp_path, free=lambda _: 500 * 2**20 - 1)
    room(tmp_path, free=lambda _: 500 * 2**20)


def test_missing_styles_are_said_with_the_command_that_makes_them(tmp_path: Path) -> None:
    """The product starts without them, since its pages can be read as plain HTML."""
    assert "make assets" in str(missing_assets(tmp_path))
    styles = tmp_path / "web" / "static" / "vendor" / "ui.css"
    styles.parent.mkdir(parents=True)
    styles.write_text("", encoding="utf-8")
    assert missing_assets(tmp_path) is None
