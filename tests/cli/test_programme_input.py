"""What is typed about the programme and cannot be meant, and files that cannot be used."""

from datetime import date
from pathlib import Path

import pytest

from cli.program import run
from reference.catalogue import standards
from reference.programmefile import programme_file, slot_draft
from schemas.shape import Words
from tests.cli.fake import FakeOffice, receipt
from tests.cli.test_programme import SLOT, WHY, days, said

AS_OFFICER = ["--as", "policy-officer"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["suggest", "--year", "27", "--cycles", "12"], "is no programme year; write 2027 or 2027-28."),
        (["suggest", "--year", "2027-29", "--cycles", "12"], "is no programme year"),
        (["suggest", "--year", "2027", "--cycles", "some"], "integer"),
        (["show"], "No programme is begun yet. Run: starter.py programme begin"),
        (["add", "nowhere.yaml", *AS_OFFICER], "nowhere.yaml cannot be read"),
        (["change", "2027/01", *AS_OFFICER], "Write what is to change"),
        (["move", *AS_OFFICER, *WHY], "Write a cycle's number with --opens, --session or --by;"),
        (["move", "--all", *AS_OFFICER, *WHY], "or --all with --by;"),
        (["move", "2027/01", "--all", "--by", "5", *AS_OFFICER, *WHY], "or --off-holidays."),
        (["move", "--off-holidays", "--by", "5", *AS_OFFICER, *WHY], "or --off-holidays."),
        (["move", "--all", "--by", "0", *AS_OFFICER, *WHY], "--by 0 moves nothing"),
        (["move", "--all", "--by", "5", *AS_OFFICER], "Write --reason and why"),
        (["move", "2027/01", "--opens", "soon", *AS_OFFICER], '--opens: "soon" cannot be used'),
        (["move", "2027/01", "--session", "noon", *AS_OFFICER], '--session: "noon" cannot be used'),
        (["move", "2027/01", "--by", "5", "--year", "2027", *AS_OFFICER, *WHY], "a number says its year"),
        (["accept", "1", *AS_OFFICER], "Write --opens and the day on which it opens"),
        (["schedules"], "No programme is begun yet."),
        (["lines"], "No programme is begun yet."),
    ],
)
def test_what_cannot_be_meant_ends_with_2(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence that says what to write, and nothing is sent."""
    office = FakeOffice(receipt())
    assert run(["programme", *words], office) == 2
    assert sentence in said(capsys.readouterr().err)
    assert office.sent == []


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("opens: {opens}", "", "opens is missing; write the day on which it opens"),
        ("opens: {opens}", "opens: soon", "write a day such as 2026-12-10"),
        ("14:00}}", "14:00, place: Hall}}", "say where it is held once the cycle is open"),
        ("because:", "ask: now\n  because:", '"ask" is not a field here'),
        ("kind: performance", "kind: yearly", '"yearly" is not known'),
        (SLOT, "[]", "write at least one cycle here"),
    ],
)
def test_a_file_that_cannot_be_used_says_where(
    before: str, after: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Line and field, before anything is sent."""
    opens, held, _ = days()
    file = tmp_path / "year.yaml"
    file.write_text(SLOT.replace(before, after, 1).format(opens=opens, held=held), encoding="utf8")
    assert run(["programme", "add", str(file), *AS_OFFICER], FakeOffice(receipt())) == 2
    wrong = said(capsys.readouterr().err)
    assert "year.yaml, line " in wrong
    assert sentence in wrong


def test_the_example_of_the_document_can_be_put_in() -> None:
    """The file in docs/programme.md is read as it stands there, and becomes a cycle to come."""
    text = (Path(__file__).parents[2] / "docs" / "programme.md").read_text(encoding="utf8")
    example = text.split("```yaml")[1].split("```")[0]
    (found,) = programme_file(example, "programme.md", standards())
    draft = slot_draft(found, "nobody-else", Words())
    assert (draft.officer, draft.opens_on, draft.ground) == ("policy-officer", date(2027, 5, 4), "chosen")
    assert [one.lead for one in draft.requests] == ["acc-local-policing"]
