"""Local standards are checked while they are read; what is wrong is said with file, kind and field."""

import pytest
import yaml

from reference.catalogue import FOLDER, calendar, editions_after, know, known_versions, standards
from reference.places import FileError
from reference.standing import standards_in
from reference.working import working_calendar
from rules.calendars import WorkingCalendar
from tests import editions

KINDS = (FOLDER / "kinds.yaml").read_text(encoding="utf8")


def test_the_shipped_kinds_read() -> None:
    """All seven, and one by itself."""
    assert {one.id: one for one in standards_in(KINDS, "kinds.yaml")} == standards()
    alone = yaml.safe_dump(standards()["rapid"].model_dump(mode="json"))
    assert standards_in(alone, "rapid.yaml") == (standards()["rapid"],)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("review_days: 3", "review_days: 0", "kinds.yaml, performance, review_days: it is 0"),
        ("offset: -7", "offset: -1", "kinds.yaml, performance, ladder: write the rungs from the earliest"),
        ("offset: -2", "offset: -7", "kinds.yaml, performance, ladder: two rungs fall on one day: -7, -7"),
        ('"09:00"', '"25:00"', "kinds.yaml, performance, reminder_hour: this cannot be read"),
        ("due_hour:", "due_our:", "kinds.yaml, performance, due_hour: this is missing"),
        ("review_days: 3", "review_days: many", "kinds.yaml, performance, review_days: write a whole number"),
        ("to: [lead]", "to: [mayor]", "kinds.yaml, performance, ladder.1.to.1: "),
        ("id: thematic", "id: performance", "kinds.yaml: a kind stands here twice"),
        ("- id: performance", "- id: [", "kinds.yaml: this is not YAML"),
    ],
)
def test_what_is_wrong_is_named(before: str, after: str, said: str) -> None:
    """The file, the kind and the field."""
    with pytest.raises(FileError) as wrong:
        standards_in(KINDS.replace(before, after, 1), "kinds.yaml")
    assert said in str(wrong.value)


@pytest.mark.parametrize("text", ["", "[]", "just words", "- a\n- b"])
def test_what_is_no_list_of_kinds_is_refused(text: str) -> None:
    """With where an example is."""
    with pytest.raises(FileError, match=r"reference/kinds\.yaml"):
        standards_in(text, "mine.yaml")


def test_an_edition_is_learned_while_the_process_runs() -> None:
    """Unknown first, known afterwards; what is known never changes."""
    shipped = calendar().version
    assert not isinstance(working_calendar(editions.VERSION), WorkingCalendar)
    with editions.learned(editions.proclaimed()):
        assert isinstance(working_calendar(editions.VERSION), WorkingCalendar)
        assert calendar().version == editions.VERSION
        assert editions_after(shipped) == (editions.VERSION,)
        know([editions.proclaimed().model_copy(update={"days": ()})])
        assert calendar(editions.VERSION).days
    assert editions.VERSION not in known_versions()
