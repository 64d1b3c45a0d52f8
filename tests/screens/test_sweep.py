"""Every screen in every state, in a real browser: at 1100 and 320 pixels, with scripts and without."""

import pytest

from tests.screens.checks import Looking, as_lines
from tests.screens.registry import SCREENS
from tests.screens.stage import Screen

pytestmark = [pytest.mark.screens, pytest.mark.timeout(300)]


@pytest.mark.parametrize("screen", SCREENS, ids=[one.name for one in SCREENS])
def test_nothing_is_wrong_with_a_screen_in_any_state(screen: Screen, looking: Looking) -> None:
    """WCAG 2.2 AA, valid HTML, no sideways scroll, no word of the console, the focus in place."""
    found = {state.name: looking.faults(state) for state in screen.states}
    assert not any(found.values()), "\n" + as_lines(found)
