"""Where the product of these tests keeps its things."""

import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def ctrl_c() -> None:
    """Ctrl-C is heard, also where a shell ran these tests beside itself: what it ignores, children ignore."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder outside pytest's own, which a second pytest would close to PostgreSQL's user."""
    with tempfile.TemporaryDirectory(prefix="answerable-chaos-", ignore_cleanup_errors=True) as name:
        yield Path(name)
