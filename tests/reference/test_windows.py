"""Windows are checked while they are read, and put into the rules that leave their numbers open."""

from datetime import UTC, date, datetime

import pytest

from reference.catalogue import FOLDER, standards
from reference.explaining import Question, answer
from reference.places import FileError
from reference.windows import RULES, SHIPPED, OfOffice, law, rule_of, windows, windows_in
from rules.law.register import RULES as OPEN
from rules.windows import IN_KIND, OWN
from schemas.counting import Explanation, InForce, Months, Rule, ToSet, WorkingDaysAfter, WorkingDaysBefore
from schemas.outcomes import Refused
from schemas.standards import StandardsEdition
from schemas.windows import WindowEdition

TEXT = (FOLDER / "windows.yaml").read_text(encoding="utf8")
CHANGED = datetime(2026, 11, 23, 9, tzinfo=UTC)


def changed(**facts: object) -> OfOffice:
    """An office that has changed its time for an answer to the panel."""
    window = windows()["panel-reply"].model_copy(update={"days": 15, "edition": 2, **facts})
    made = WindowEdition(window=window, changed_by="chief-executive", changed_at=CHANGED, reason="Agreed.")
    return OfOffice(windows=(made,))


def test_every_number_is_put_in_from_one_place() -> None:
    """No rule keeps an open number; no rule has both a window and a field of the kinds."""
    assert not [one.id for one in RULES.values() if isinstance(one.budget, ToSet)]
    assert set(OWN) == set(windows())
    assert not set(OWN) & set(IN_KIND)
    assert {one.id for one in OPEN.values() if isinstance(one.budget, ToSet)} == {*OWN, *IN_KIND}
    assert {one.id for one in RULES.values() if one.window} == {*OWN, *IN_KIND}


def test_law_has_no_window() -> None:
    """What rests on an instrument keeps its number beside its citation."""
    assert not [one.id for one in RULES.values() if one.kind == "statutory" and one.window]
    assert not [one.id for one in OPEN.values() if one.kind == "statutory" and isinstance(one.budget, ToSet)]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("days: 20", "days: 0", "windows.yaml, inspection-chief-constable, days: it is 0"),
        ("days: 20", "days: many", "windows.yaml, inspection-chief-constable, days: write a whole number"),
        ("  days: 20\n", "", "windows.yaml, inspection-chief-constable, days: this is missing"),
        ("days: 20", "daze: 20", "windows.yaml, inspection-chief-constable, daze: this is not a field here"),
        ("months: 72", "days: 72", "windows.yaml, retention-complaint, days: this rule counts in months"),
        ("months: 12", "months: 1201", "retention-applications, months: it is 1201; write a number"),
        ('"09:00"', '"9"', "windows.yaml, question-cutoff, hour: this cannot be read"),
        ("most_days: 20", "most_days: 0", "as-soon-as-practicable, extension.most_days: write a number"),
        ("most_times: 2", "most_times: 0", "as-soon-as-practicable, extension.most_times: write 1 or more"),
        ("mark: verified", "mark: partly", "question-cutoff, source: the rule rests on"),
        ("id: panel-reply", "id: foi-response", "foi-response, id: The number of foi-response is not for an"),
        ("id: panel-reply", "id: fact-check", "fact-check, id: The number of fact-check stands in the stand"),
        ("id: panel-reply", "id: session", "session, id: session has no number to change"),
        ("id: panel-reply", "id: nothing", "nothing, id: There is no rule of this name"),
        ("id: retention-applications", "id: retention-complaint", "a rule stands here twice"),
        ("- id: inspection-chief-constable", "- id: [", "windows.yaml: this is not YAML"),
    ],
)
def test_what_is_wrong_is_named(before: str, after: str, said: str) -> None:
    """The file, the rule and the field."""
    with pytest.raises(FileError) as wrong:
        windows_in(TEXT.replace(before, after, 1), "windows.yaml")
    assert said in str(wrong.value)


def test_a_file_without_one_of_them_is_refused() -> None:
    """A rule would be left open."""
    start = TEXT.index("- id: retention-applications")
    with pytest.raises(FileError, match="these rules have no window: retention-applications"):
        windows_in(TEXT[:start], "windows.yaml")
    with pytest.raises(FileError, match="one window or more"):
        windows_in("just words", "windows.yaml")


def test_a_change_applies_to_clocks_that_start_from_its_day_on() -> None:
    """The day before keeps the earlier number; the day itself has the new one."""
    office = changed()

    def on(day: int) -> Rule:
        found = rule_of("panel-reply", office, date(2026, 11, day))
        assert isinstance(found, Rule)
        return found

    assert on(22).budget == WorkingDaysAfter(20)
    assert on(22).window == InForce(1)
    assert on(23).budget == law(office)["panel-reply"].budget == WorkingDaysAfter(15)
    assert on(23).window == InForce(2, None, "chief-executive", date(2026, 11, 23), "Agreed.")


def test_a_date_says_which_edition_and_who_set_it() -> None:
    """In words and for programs; a period set in its place says nothing of it."""
    found = answer(Question("panel-reply", "2026-11-23"), changed())
    assert isinstance(found, Explanation)
    assert found.due.due_on == date(2026, 12, 14)
    assert "the office's window, edition 2, set by chief-executive on Monday 23 November 2026: Agreed." in (
        found.due.words
    )
    other = answer(Question("panel-reply", "2026-11-23", period="3"), changed())
    assert isinstance(other, Explanation)
    assert other.rule.window is None
    assert "edition" not in other.due.words


def test_what_a_cycle_runs_by_comes_from_its_kind() -> None:
    """A rapid cycle has its own numbers, hour and limit; a kind that is not there is refused."""
    rapid = rule_of("returns-due", kind="rapid")
    assert isinstance(rapid, Rule)
    usual = RULES["returns-due"]
    assert (rapid.budget, usual.budget) == (WorkingDaysBefore(2), WorkingDaysBefore(5))
    assert rapid.limit
    assert rapid.limit.most_days == 3
    assert rapid.window == InForce(1, standards()["rapid"].title)
    noon = standards()["rapid"].model_copy(update={"edition": 2, "fact_check_days": 4, "due_hour": "12:00"})
    made = StandardsEdition(standards=noon, changed_by="policy-officer", changed_at=CHANGED, reason="")
    found = rule_of("fact-check", OfOffice(standards=(made,)), None, "rapid")
    assert isinstance(found, Rule)
    assert (found.budget, found.hour) == (WorkingDaysAfter(4), "12:00")
    refused = rule_of("fact-check", SHIPPED, None, "slow")
    assert isinstance(refused, Refused)
    assert (refused.code, refused.field) == ("unknown_kind", "kind")


def test_a_fact_check_that_was_never_set_reads_as_before() -> None:
    """What was recorded before it could be set says nothing of it, and is written out the same."""
    usual = standards()["performance"]
    assert "fact_check_days" not in usual.model_dump(mode="json")
    assert usual.model_copy(update={"fact_check_days": 5}).model_dump()["fact_check_days"] == 5


def test_retention_is_counted_in_months() -> None:
    """An office keeps applications for two years."""
    window = windows()["retention-applications"].model_copy(update={"months": 24, "edition": 2})
    office = OfOffice(windows=(WindowEdition(window=window, changed_by="x", changed_at=CHANGED),))
    assert law(office)["retention-applications"].budget == Months(24)
