"""A new edition from the official list: sound and whole, or refused with nothing written."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reference import catalogue
from reference.calendar_import import CalendarRefusedError, editions, main, write
from reference.make_calendar import PARTS, UNION
from schemas.clocks import Calendar

AS_AT = date(2027, 2, 1)


@pytest.fixture(scope="module")
def known() -> dict[str, Calendar]:
    """The calendars that are here."""
    return {name: catalogue.calendar(name=name) for name in (*PARTS, UNION)}


@pytest.fixture
def official(known: dict[str, Calendar]) -> dict[str, Any]:
    """A list in the official form, from 2020 on, with what the calendars here know."""
    return {
        part: {
            "division": part,
            "events": [
                {"title": one.title, "date": one.on.isoformat(), "notes": "", "bunting": True}
                for one in known[part].days
                if one.on.year >= 2020
            ],
        }
        for part in PARTS
    }


def add(official: dict[str, Any], part: str, on: str, title: str, notes: str = "") -> None:
    """One more event."""
    official[part]["events"].append({"title": title, "date": on, "notes": notes, "bunting": False})


def drop(official: dict[str, Any], part: str, *days: str) -> None:
    """Some events fewer: of those days, or of those years."""
    events = official[part]["events"]
    official[part]["events"] = [one for one in events if not one["date"].startswith(days)]


def test_the_same_list_gives_the_same_days(official: dict[str, Any], known: dict[str, Calendar]) -> None:
    """Years before the list begins stay as they were, and the union is of all the parts."""
    made = editions(json.dumps(official), AS_AT, known)

    assert set(made) == set(known)
    for name, one in made.items():
        assert [day["on"] for day in one["days"]] == [day.on.isoformat() for day in known[name].days]
        assert one["version"] == f"{name}/2027-02-01"
        assert Calendar.model_validate(one).history == known[name].history


def test_a_new_day_is_added_to_its_part_and_to_the_union(
    official: dict[str, Any], known: dict[str, Calendar]
) -> None:
    """And stands in the history; a day to come may be moved."""
    add(official, "scotland", "2027-07-05", "A day\N{RIGHT SINGLE QUOTATION MARK}s  name", "Substitute day")
    made = editions(json.dumps(official), AS_AT, known)
    title = {name: {one["on"]: one["title"] for one in made[name]["days"]}.get("2027-07-05") for name in made}

    assert title == {
        "england-and-wales": None,
        "scotland": "A day's name (substitute day)",
        "northern-ireland": None,
        "uk-union": "A day's name (substitute day) (Scotland)",
    }
    assert made["scotland"]["history"][-1]["on"] == "2027-07-05"


def test_a_day_to_come_may_be_moved(official: dict[str, Any], known: dict[str, Calendar]) -> None:
    """As on 8 May 2020; both days stand in the history."""
    drop(official, "england-and-wales", "2027-05-03")
    add(official, "england-and-wales", "2027-05-07", "Moved")
    made = editions(json.dumps(official), AS_AT, known)["england-and-wales"]

    assert [one["on"] for one in made["history"][-2:]] == ["2027-05-03", "2027-05-07"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (("2022-09-19",), "past bank holidays are missing: 2022-09-19"),
        (("2028",), "before the present horizon"),
        (("2028-12",), "before the present horizon"),
        (("2027-12", "2027-08"), "too few bank holidays in 2027"),
        (("20",), "the list is empty"),
        (("2020", "2021", "2022", "2023", "2024", "2025", "2026", "2027"), "begins after 2027: it has a gap"),
    ],
)
def test_a_list_that_shrinks_or_has_gaps_is_refused(
    official: dict[str, Any], known: dict[str, Calendar], days: tuple[str, ...], words: str
) -> None:
    """Past days, whole years and the horizon are never lost."""
    drop(official, "england-and-wales", *days)

    with pytest.raises(CalendarRefusedError, match=words):
        editions(json.dumps(official), AS_AT, known)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"england-and-wales": {}}',
        "<html>Not found</html>",
        '"' + "[" * 9000,
        "[" * 100_000,
    ],
)
def test_what_is_not_the_list_is_refused(known: dict[str, Calendar], text: str) -> None:
    """Such as a page that says that the list cannot be found: never read as no holidays."""
    with pytest.raises(CalendarRefusedError):
        editions(text, AS_AT, known)


def test_damage_within_the_list_is_refused(official: dict[str, Any], known: dict[str, Calendar]) -> None:
    """A day twice, a day that is none, no title, a wrong division."""
    twice, none, untitled, wrong = (copy.deepcopy(official) for _ in range(4))
    add(twice, "scotland", "2027-12-27", "Again")
    add(none, "scotland", "2027-02-30", "Never")
    add(untitled, "scotland", "2027-07-05", "  ")
    wrong["scotland"]["division"] = "england-and-wales"

    for one in (twice, none, untitled, wrong):
        with pytest.raises(CalendarRefusedError):
            editions(json.dumps(one), AS_AT, known)


def test_an_edition_is_later_than_the_present_one(
    official: dict[str, Any], known: dict[str, Calendar]
) -> None:
    """The same day again, or an earlier one, is refused."""
    with pytest.raises(CalendarRefusedError, match="not later"):
        editions(json.dumps(official), date(2026, 11, 22), known)


def test_the_command_writes_all_or_nothing(
    official: dict[str, Any], known: dict[str, Calendar], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four files that can be read back; a disk that fails in the middle leaves none."""
    listed, into = tmp_path / "list.json", tmp_path / "into"
    into.mkdir()
    listed.write_text(json.dumps(official), encoding="utf-8")
    words = [str(listed), "--as-at", "2027-02-01", "--into", str(into)]
    moves = []

    def fails(path: Path, target: Path) -> Path:
        moves.append(path)
        if len(moves) > 2:
            raise OSError("the disk is full")
        return Path(path.rename(target))

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", fails)
        assert main(words) == 1
        assert list(into.iterdir()) == []

    assert main(words) == 0
    assert len(list(into.iterdir())) == 4
    for file in into.iterdir():
        assert Calendar.model_validate_json(file.read_text(encoding="utf-8")).days
    assert main(words) == 1
    with pytest.raises(CalendarRefusedError, match="already"):
        write(editions(json.dumps(official), AS_AT, known), into)


def test_a_refused_list_writes_nothing(
    official: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says why and ends with 1."""
    drop(official, "northern-ireland", "2024")
    listed = tmp_path / "list.json"
    listed.write_text(json.dumps(official), encoding="utf-8")

    assert main([str(listed), "--as-at", "2027-02-01", "--into", str(tmp_path)]) == 1
    assert "nothing was written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [listed]
