"""`rules`, `explain` and `majority` at the root of the command line: no product has to run for them."""

import json

import pytest

from cli.program import run
from reference.catalogue import sources


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """The exit code, and what was printed."""
    code = run(words)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.mark.parametrize("last", [True, False])
def test_a_date_is_explained_wherever_json_is_written(
    capsys: pytest.CaptureFixture[str], *, last: bool
) -> None:
    """After the command or before it."""
    words = ["explain", "inspection-comments", "--start", "2023-10-31"]
    code, out, _ = said(capsys, *([*words, "--json"] if last else ["--json", *words]))

    assert code == 0
    assert json.loads(out)["due_on"] == "2023-12-25"


def test_rules_and_votes(capsys: pytest.CaptureFixture[str]) -> None:
    """Each rule with its mark; a veto with the number it needed."""
    rows = json.loads(said(capsys, "rules", "--json")[1])
    veto = said(capsys, "majority", "precept-veto", "--members", "17", "--for", "12", "--json")

    assert {"id", "title", "kind", "source", "mark", "calendar"} <= set(rows[0])
    assert json.loads(veto[1]) == {"required": 12, "carried": True, "source": "prsra-2011.sch5.p4"}


@pytest.mark.parametrize(
    "words",
    [
        "explain fact-check --start 2026-01-12 --by 2026-01-02",
        "explain fact-check --start 2026-01-12 --calendar narnia",
        "explain fact-check --start 2099-01-12",
        "explain fact-check --start 2026-01-12 --period -1",
        "explain fact-check --start 2026-01-12 --suspend ..2026-01-14",
        "explain fact-check --start 2026-01-12 --suspend 2026-01-13..2026-01-15 --suspend 2026-01-14..",
        "explain fact-check --start 2026-01-12 --extend 99",
        "explain fact-check --start 2026-01-12T10:00",
        "explain nothing --start 2026-01-12",
        "majority precept-veto --members 17 --for 18",
    ],
)
def test_wrong_input_is_a_sentence_with_a_source(capsys: pytest.CaptureFixture[str], words: str) -> None:
    """To people on the second stream, to programs as the refusal; the code is 1 both times."""
    code, out, err = said(capsys, *words.split())
    assert (code, out) == (1, "")
    assert err.strip().endswith(")")
    assert "(Source: " in err

    code, out, _ = said(capsys, *words.split(), "--json")
    assert code == 1
    assert json.loads(out)["source"] in sources()


@pytest.mark.parametrize(
    "words", ["explain fact-check", "majority precept-veto --members x --for 1", "explain"]
)
def test_wrong_usage_is_said_too(capsys: pytest.CaptureFixture[str], words: str) -> None:
    """With the code of wrong usage."""
    assert said(capsys, *words.split())[0] == 2
