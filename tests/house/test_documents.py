"""Documents that are made from the code."""

from pathlib import Path

import pytest

from scripts.documents import write_or_check


def test_a_stale_document_is_said_to_be_so_and_written_only_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written by a check; how to make it anew stands in the answer."""
    document, again = tmp_path / "one.md", "python -m scripts.one_document"
    assert write_or_check(document, "old\n", again, ["--check"]) == 1
    assert not document.exists()
    assert write_or_check(document, "old\n", again, []) == 0
    assert write_or_check(document, "old\n", again, ["--check"]) == 0
    assert write_or_check(document, "new\n", again, ["--check"]) == 1
    assert document.read_text(encoding="utf-8") == "old\n"
    assert capsys.readouterr().out == f"stale: run {again}\nfresh\nstale: run {again}\n"
