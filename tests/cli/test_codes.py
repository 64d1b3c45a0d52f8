"""What the command line's exit codes mean, with an office that answers as it is told."""

import json
from pathlib import Path

import pytest

from cli.program import hoisted, run
from schemas.commands import AcceptReturn, OpenCycle, SubmitReturn
from schemas.evidence import WrittenItem
from schemas.outcomes import NotKnownYet, Refused
from tests.cli.fake import FakeOffice, closed, receipt
from tests.cli.test_cyclefile import SMALL

ACCEPT = ["return", "accept", "HTA-2026-07", "1"]
AS_OFFICER = ["--as", "policy-officer"]
REFUSED = Refused(
    code="request_state", message="There is no return to look at yet.", source="process.commands"
)


def test_an_act_that_is_done_ends_with_0() -> None:
    """The command carries who acts, in their role."""
    office = FakeOffice(receipt())
    assert run([*ACCEPT, *AS_OFFICER], office) == 0
    command = office.sent[0]
    assert isinstance(command, AcceptReturn)
    assert command.actor.role == "policy_officer"


def test_a_refusal_ends_with_1_and_says_code_and_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """On stderr; stdout stays empty."""
    assert run([*ACCEPT, *AS_OFFICER], FakeOffice(REFUSED)) == 1
    said = capsys.readouterr()
    assert said.err == "Refused (request_state): There is no return to look at yet.\n"
    assert said.out == ""


def test_not_known_yet_ends_with_3_and_gives_the_key(capsys: pytest.CaptureFixture[str]) -> None:
    """The same key asks again."""
    outcome = NotKnownYet(cycle="HTA-2026-07", key="my-own-key")
    assert run([*ACCEPT, *AS_OFFICER, "--key", "my-own-key"], FakeOffice(outcome)) == 3
    assert "--key my-own-key" in capsys.readouterr().err


def test_an_office_that_cannot_be_reached_ends_with_4(capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence says what to set."""
    assert run(["cycle", "list"], closed) == 4
    assert "ANSWERABLE_DATABASE_URL" in capsys.readouterr().err


def test_an_engine_that_breaks_off_ends_with_4() -> None:
    """Whatever the network says."""
    office = FakeOffice(receipt(), trouble=ConnectionRefusedError("refused"))
    assert run([*ACCEPT, *AS_OFFICER], office) == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (ACCEPT, "Say who acts. Write --as and one of: commissioner, "),
        ([*ACCEPT, "--as", "nobody"], "Nobody here has the id nobody."),
        ([*ACCEPT, "--as"], "Write a word after --as."),
        (["return", "accept", "HTA-7", "1", *AS_OFFICER], "write a cycle's reference such as HTA-2026-07"),
        (["return", "accept", "HTA-2026-07", "one", *AS_OFFICER], "integer"),
        ([*ACCEPT, *AS_OFFICER, "--key", "x"], "write 8 to 80 letters"),
        (["cycle", "open", *AS_OFFICER], "Write --from and the name of a cycle file, or --interactive."),
        (["cycle", "open", "--from", "nowhere.yaml", *AS_OFFICER], "nowhere.yaml cannot be read"),
        (["cycle", "show", "HTA-2026-07"], "There is no cycle HTA-2026-07."),
        (["cycle", "list", "--stage", "late"], "--stage: late is not known"),
        (["session", "fix", "HTA-2026-07", "--at", "soon", *AS_OFFICER], "write a day and an hour in London"),
        (["request", "extend", "HTA-2026-07", "1", "--to", "x", "--reason", "y", *AS_OFFICER], "--to:"),
        (["return", "send-back", "HTA-2026-07", "1", "--gap", "x", "--due", "y", *AS_OFFICER], "--due:"),
        (
            ["return", "submit", "HTA-2026-07", "1", "--file", "none.pdf", *AS_OFFICER],
            "there is no file none.pdf",
        ),
        (
            ["return", "submit", "HTA-2026-07", "1", "--nothing-held", "--operational", *AS_OFFICER],
            "not both",
        ),
        (["judge", "HTA-2026-07", "1", "fine", "--reasons", "x", *AS_OFFICER], "fine is not a judgement"),
        (["findings", "draft", "HTA-2026-07", "--answer", "x", *AS_OFFICER], "Write --body and a text"),
        (["findings", "publish", "HTA-2026-07", *AS_OFFICER], "There is no cycle HTA-2026-07."),
        (["rehearse", "nowhere.yaml"], "nowhere.yaml cannot be read"),
        (["plan", "import", "pyproject.toml"], "pyproject.toml"),
        (["people", "import", "nowhere.yaml"], "nowhere.yaml cannot be read"),
        (["cycles"], "No such command"),
    ],
)
def test_wrong_usage_ends_with_2_and_one_sentence(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Never a traceback, and nothing is sent."""
    office = FakeOffice(receipt())
    assert run(words, office) == 2
    error = " ".join(capsys.readouterr().err.split())
    assert said in error
    assert "Traceback" not in error
    assert office.sent == []


def test_what_goes_before_the_command_may_stand_anywhere() -> None:
    """But what follows two dashes is left alone."""
    assert hoisted(["a", "--json", "b", "--as", "x", "--key=k", "c"]) == [
        "--json",
        "--as",
        "x",
        "--key=k",
        "a",
        "b",
        "c",
    ]
    assert hoisted(["a", "--", "--json"]) == ["a", "--", "--json"]


def test_json_prints_the_outcome_of_an_act(capsys: pytest.CaptureFixture[str]) -> None:
    """For programs that call this one."""
    run([*ACCEPT, *AS_OFFICER, "--json"], FakeOffice(receipt()))
    found = json.loads(capsys.readouterr().out)
    assert (found["outcome"], found["version"]) == ("done", 3)


def test_a_cycle_is_opened_from_its_file(tmp_path: Path) -> None:
    """The file's words become the command."""
    file = tmp_path / "cycle.yaml"
    file.write_text(SMALL, encoding="utf8")
    office = FakeOffice(receipt())
    assert run(["cycle", "open", "--from", str(file), *AS_OFFICER, "--key", "open-it-once"], office) == 0
    command = office.sent[0]
    assert isinstance(command, OpenCycle)
    assert (command.key, command.body, command.ask) == ("open-it-once", "west-mercia-opcc", "now")


def test_a_file_with_an_unknown_objective_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    """The plan knows its objectives."""
    file = tmp_path / "cycle.yaml"
    file.write_text(SMALL.replace("theme: reassuring", "theme: soothing"), encoding="utf8")
    office = FakeOffice(receipt())
    assert run(["cycle", "open", "--from", str(file), *AS_OFFICER], office) == 2
    assert office.sent == []


def test_nothing_held_carries_its_reason() -> None:
    """And who signed it off."""
    office = FakeOffice(receipt())
    words = ["return", "submit", "HTA-2026-07", "2", "--nothing-held", "--reason", "It was never recorded."]
    run([*words, "--signed-off-by", "chief-constable", "--as", "acc-local-policing"], office)
    command = office.sent[0]
    assert isinstance(command, SubmitReturn)
    assert (command.answer, command.signed_off_by, command.items) == ("nothing_held", "chief-constable", ())


def test_a_written_answer_is_an_item() -> None:
    """Each text is one."""
    office = FakeOffice(receipt())
    words = ["return", "submit", "HTA-2026-07", "2", "--text", "One.", "--text", "Two."]
    run([*words, "--as", "acc-local-policing"], office)
    command = office.sent[0]
    assert isinstance(command, SubmitReturn)
    assert [type(item) for item in command.items] == [WrittenItem, WrittenItem]


def test_a_move_that_would_be_refused_is_refused_before_it_is_asked() -> None:
    """Nobody is asked to confirm what cannot be done."""
    office = FakeOffice(receipt(), decision=REFUSED)
    words = ["session", "move", "HTA-2026-07", "--at", "2027-04-14 14:00", "--reason", "x", *AS_OFFICER]
    assert run(words, office) == 1
    assert office.sent == []


def test_an_unconfirmed_move_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """With --yes it is made without a question."""
    office = FakeOffice(receipt())
    words = ["session", "move", "HTA-2026-07", "--at", "2027-04-14 14:00", "--reason", "x", *AS_OFFICER]
    monkeypatch.setattr("typer.confirm", lambda *_words, **_options: False)
    assert run(words, office) == 1
    assert office.sent == []
    assert run([*words, "--yes"], office) == 0
    assert len(office.sent) == 1
