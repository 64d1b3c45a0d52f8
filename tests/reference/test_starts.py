"""What each kind of cycle begins with: complete, of people and clocks that there are, checked when read."""

from pathlib import Path

import pytest

from reference.catalogue import demonstration_people, standards
from reference.places import FileError
from reference.starts import starts
from rules.law.register import rule
from schemas.outcomes import Refused


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
