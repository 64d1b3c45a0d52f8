"""Every event and every refusal of the programme has its words."""

import re
from pathlib import Path
from typing import get_args

from schemas.programme import Ground, SlotState
from schemas.programme.events import AnyProgrammeEvent
from web.acting.refusals import TABLE
from web.programme.wording import GROUNDS, STATES, TITLES

ROOT = Path(__file__).parents[3]
CODE = re.compile(r'refuse\(\s*"([a-z_]+)"')


def test_every_event_of_the_ledger_is_called_something() -> None:
    """Nobody adds an event without a title for its line."""
    kinds = {
        get_args(one.model_fields["kind"].annotation)[0] for one in get_args(get_args(AnyProgrammeEvent)[0])
    }
    assert len(kinds) > 10
    assert kinds == set(TITLES)


def test_every_ground_and_state_has_its_words() -> None:
    """What a page shows is never a code."""
    assert set(get_args(Ground)) == set(GROUNDS)
    assert set(get_args(SlotState)) == set(STATES)


def test_every_refusal_of_the_programme_has_a_treatment() -> None:
    """Each code says whether the form can be mended or the record has moved on."""
    found = {
        code for path in ROOT.glob("rules/programme/*.py") for code in CODE.findall(path.read_text("utf8"))
    }
    assert len(found) > 15
    assert found - set(TABLE) == set()
