"""The titles that pages use: by the body that governs on a day, from a file that is checked."""

from datetime import date
from pathlib import Path

import pytest

from reference.places import FileError
from reference.titles import Titles, governs, words_of
from schemas.successions import Announced
from web.language.compiling import titled
from web.showing.page import environment

MAYOR = """
stays: [Information Commissioner]
bodies:
  west-mercia-opcc: {}
  west-mercia-mayor:
    en:
      Commissioner: Mayor
      police and crime plan: policing plan
      Police and Crime Panel: Scrutiny Panel
"""
STEP = Announced(
    office="west-mercia-opcc", what="body", was="west-mercia-opcc", was_name="PCC",
    to="west-mercia-mayor",
    to_name="Mayor of West Mercia", from_on=date(2028, 5, 8), reason="An Act.",
    announced_by="chief-executive",
)  # fmt: skip


@pytest.fixture
def mayor(tmp_path: Path) -> Titles:
    """The titles under a mayor."""
    file = tmp_path / "words.yaml"
    file.write_text(MAYOR, encoding="utf-8")
    return words_of(file).of("west-mercia-mayor")


def test_titles_follow_the_body_from_its_day(mayor: Titles) -> None:
    """The day before, pages are as they are written; from the day on they say the new titles."""
    assert governs("west-mercia-opcc", [STEP], date(2028, 5, 7)) == "west-mercia-opcc"
    assert governs("west-mercia-opcc", [STEP], date(2028, 5, 8)) == "west-mercia-mayor"
    assert words_of(None).of("west-mercia-opcc").put("the Commissioner") == "the Commissioner"
    assert mayor.put("The Commissioner\u2019s police and crime plan. Police and crime plan") == (
        "The Mayor\u2019s policing plan. Policing plan"
    )


def test_names_of_other_offices_and_of_laws_stay(mayor: Titles) -> None:
    """The Information Commissioner is nobody's mayor."""
    said = "Complain to the Information Commissioner\u2019s Office, not to the Commissioner."
    assert mayor.put(said) == "Complain to the Information Commissioner\u2019s Office, not to the Mayor."


def test_a_page_says_the_titles_in_its_text_its_labels_and_its_words(mayor: Titles) -> None:
    """Addresses, classes and codes are left as they are."""
    source = (
        '<p class="Commissioner" title="The Commissioner">'
        '{{ x if x == "Commissioner" else "The Commissioner" }} Commissioner</p>'
    )
    assert titled(source, mayor.put) == (
        '<p class="Commissioner" title="The Mayor">{{ x if x == "Commissioner" else "The Mayor" }} Mayor</p>'
    )
    assert environment("en", mayor, mayor).from_string("{{ 'x' | agenda_why }}").render() == "X"


def test_a_body_without_an_entry_has_words_that_fit_whoever_it_is() -> None:
    """A board that was announced is never called Commissioner."""
    assert words_of(None).of("a-policing-board").put("the Commissioner") == "the office holder"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("bodies: [", "this is not YAML"),
        ("- a", "write `bodies` with their words"),
        ("bodies: {a: {en: {Sheriff: Mayor}}}", "no page says “Sheriff”. Write one of: Commissioner"),
        ("bodies: {a: {fr: {Commissioner: Maire}}}", "write en or cy"),
        ("bodies: {a: {en: {Commissioner: '<b>Mayor</b>'}}}", "at most 80 characters without < and {"),
    ],
)
def test_a_wrong_file_is_refused_with_what_to_write(tmp_path: Path, text: str, words: str) -> None:
    """The file, the place in it, and what belongs there."""
    file = tmp_path / "words.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as refusal:
        words_of(file)
    assert str(refusal.value).startswith("words.yaml")
    assert words in str(refusal.value)
