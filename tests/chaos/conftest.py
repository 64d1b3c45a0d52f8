"""Where the product of these tests keeps its things."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder outside pytest's own, which a second pytest would close to PostgreSQL's user."""
    with tempfile.TemporaryDirectory(prefix="answerable-chaos-", ignore_cleanup_errors=True) as name:
        yield Path(name)
