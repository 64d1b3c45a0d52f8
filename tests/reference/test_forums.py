"""The forums of an office: as shipped, and what an office's own file may not say."""

from pathlib import Path

import pytest

from reference.catalogue import FOLDER
from reference.forums import NAME, forums, forums_in, forums_of
from reference.places import FileError
from reference.windows import windows

TEXT = (FOLDER / NAME).read_text("utf8")


def test_the_panel_is_what_its_public_record_says() -> None:
    """Seventeen seats, five clear days by law with an honest mark, votes, and the public's cut-off."""
    panel = forums()["panel"]
    assert len(panel.seats) == 17
    assert sum(one.id.startswith("independent") for one in panel.seats) == 2
    rules = panel.rules
    assert (rules.notice_days, rules.statutory, rules.notice_mark) == (5, True, "partly")
    assert rules.votes_by == ("panel-decision", "precept-veto", "appointment-veto")
    assert (rules.cutoff_days, rules.cutoff_hour) == (windows()["question-cutoff"].days, "09:00")


def test_only_the_panels_notice_is_law() -> None:
    """Every other number is the office's own and says so."""
    local = [one.rules for name, one in forums().items() if name != "panel"]
    assert len(local) == 4
    assert {(one.statutory, one.notice_source, one.notice_mark) for one in local} == {
        (False, "local.notice", "not_verified")
    }


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("notice_days: 5", "notice_days: many", "panel, notice_days"),
        ("notice_source: lga-1972.s100b", "notice_source: nothing.here", "panel, notice_source"),
        ("notice_mark: partly", "notice_mark: verified", "panel, notice_mark"),
        ("  statutory: true\n", "", "panel, statutory"),
        ("quorum: panel-quorum", "quorum: half", "panel, votes_by"),
        ("id: council-02", "id: council-01", "panel, seats"),
        ("id: governance_board", "id: panel", "twice"),
        ("in_public: true", "in_publik: true", "panel, in_publik"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(was: str, now: str, said: str) -> None:
    """The message names the file, the forum and the field."""
    assert was in TEXT
    with pytest.raises(FileError, match=r"mine\.yaml") as wrong:
        forums_in(TEXT.replace(was, now, 1), "mine.yaml")
    assert said in str(wrong.value)


def test_a_file_has_every_forum(tmp_path: Path) -> None:
    """And can be read at all."""
    with pytest.raises(FileError, match="missing: panel"):
        forums_in(TEXT[: TEXT.index("# 15 council")], "mine.yaml")
    for text in ("- [", "just words"):
        with pytest.raises(FileError):
            forums_in(text, "mine.yaml")
    with pytest.raises(FileError, match="cannot be read"):
        forums_of(tmp_path / "none.yaml")
    (tmp_path / "mine.yaml").write_text(TEXT, "utf8")
    assert forums_of(tmp_path / "mine.yaml") == forums() == forums_of(None)
