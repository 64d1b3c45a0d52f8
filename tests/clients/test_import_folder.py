"""The import folder: only what has stopped growing is read, and nothing is ever overwritten."""

from pathlib import Path

from clients.import_folder import ImportFolder


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_file_is_left_until_it_has_not_changed_for_a_while(tmp_path: Path) -> None:
    """By size and by time; hidden, unfinished and linked ones are never read."""
    clock = Clock()
    folder = ImportFolder(tmp_path / "import", settled=20, clock=clock)
    assert folder.arrived() == []
    file = tmp_path / "import" / "m.csv"
    for name in (".m.csv", "m.csv.part", "~m.csv"):
        (file.parent / name).write_text("x", encoding="utf-8")
    (file.parent / "link.csv").symlink_to("/etc/hostname")
    file.write_text("measure,", encoding="utf-8")
    assert folder.arrived() == []
    clock.at = 19
    assert folder.arrived() == []
    file.write_text("measure,value", encoding="utf-8")
    clock.at = 21
    assert folder.arrived() == []
    clock.at = 41
    [found] = folder.arrived()
    assert (found.name, found.content(7), found.content(100)) == ("m.csv", b"measure,", b"measure,value")


def test_files_are_moved_aside_with_a_note_and_none_takes_anothers_place(tmp_path: Path) -> None:
    """Done or wrong; the second of a name gets a number."""
    folder = ImportFolder(tmp_path, settled=0)
    for n in (1, 2):
        (tmp_path / "m.csv").write_text(str(n), encoding="utf-8")
        folder.arrived()
        folder.put_aside("m.csv", well=n == 1, why="1 rows: 1 new.")
    (tmp_path / "m.csv").write_text("3", encoding="utf-8")
    folder.put_aside("m.csv", well=True, why="again")
    there = {
        str(one.relative_to(tmp_path)): one.read_text("utf-8") for one in tmp_path.rglob("*") if one.is_file()
    }
    assert there == {
        "done/m.csv": "1",
        "done/m.csv.why.txt": "1 rows: 1 new.\n",
        "wrong/m.csv": "2",
        "wrong/m.csv.why.txt": "1 rows: 1 new.\n",
        "done/m-2.csv": "3",
        "done/m-2.csv.why.txt": "again\n",
    }
    assert folder.arrived() == []
