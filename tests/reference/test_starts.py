"""What each kind of cycle begins with: complete, of people and clocks that there are, checked when read."""

from pathlib import Path

import pytest

from reference.catalogue import demonstration_people, standards
from reference.own_files import READS, check
from reference.places import FileError
from reference.starts import starts, starts_of
from rules.law.register import rule
from schemas.outcomes import Refused
from settings import PREFIX, Settings, SettingsWrong


def test_every_kind_begins_with_something_and_nothing_else_does() -> None:
    """The kinds are those of the standards; leads are in the directory and of the force; clocks are known."""
    people = demonstration_people()
    assert set(starts()) == set(standards())
    for start in starts().values():
        assert start.requests
        assert all(people[one.lead].side == "force" for one in start.requests), start.kind
        assert start.clock is None or not isinstance(rule(start.clock), Refused)
        assert bool(start.clock) == bool(start.clock_asks)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- kind: [", "this is not YAML"),
        ("- {kind: performance}", "1.says cannot be used"),
        (
            "- &a {kind: rapid, says: s, title: t, question: q, requests: []}\n- *a",
            "a kind stands here twice",
        ),
    ],
)
def test_a_file_that_cannot_be_meant_says_where(tmp_path: Path, text: str, said: str) -> None:
    """The message names the file and the place."""
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf8")
    with pytest.raises(FileError, match=r"mine\.yaml") as wrong:
        starts(file)
    assert said in str(wrong.value)


OWN = """
- kind: rapid
  says: When something happened.
  title: Rapid
  question: What happened?
  requests:
    - {title: Report, lead: head-of-calls}
- kind: inspection_response
  says: When a report came out.
  title: Response
  question: What do we say?
  clock: panel-reply
  requests: []
"""


def test_an_office_has_its_own_beginnings_and_the_rest_as_it_came(tmp_path: Path) -> None:
    """A kind that its file leaves out begins as before; the clock of the law is not the file's to say."""
    file = tmp_path / "mine.yaml"
    file.write_text(OWN, encoding="utf8")
    mine = starts_of(file)
    assert mine["rapid"].requests[0].lead == "head-of-calls"
    assert mine["inspection_response"].question == "What do we say?"
    assert mine["inspection_response"].clock == starts()["inspection_response"].clock
    assert {kind: one for kind, one in mine.items() if kind not in ("rapid", "inspection_response")} == {
        kind: one for kind, one in starts().items() if kind not in ("rapid", "inspection_response")
    }
    assert starts_of(None) == starts()


def test_an_office_cannot_begin_a_kind_that_there_is_not(tmp_path: Path) -> None:
    """A misspelt kind would otherwise never be seen."""
    file = tmp_path / "mine.yaml"
    file.write_text(OWN.replace("kind: rapid", "kind: rappid"), encoding="utf8")
    with pytest.raises(FileError, match=r"mine\.yaml: there is no kind rappid\. Write one of: .*rapid"):
        starts_of(file)


@pytest.mark.parametrize("setting", READS)
def test_a_file_of_the_office_that_cannot_be_used_names_its_setting(tmp_path: Path, setting: str) -> None:
    """Before anything starts, at whichever door."""
    chosen = Settings().changed(**{setting: tmp_path / "nowhere.yaml"})
    with pytest.raises(
        SettingsWrong, match=rf"ANSWERABLE_{setting.upper()} cannot be used\. .*nowhere\.yaml"
    ):
        check(chosen, PREFIX, SettingsWrong)


def test_without_files_of_its_own_nothing_is_wrong() -> None:
    """What came with the product can be used."""
    check(Settings(), PREFIX, SettingsWrong)
