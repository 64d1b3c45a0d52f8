"""The table of refusals is whole."""

import re
from pathlib import Path

from web.acting.refusals import TABLE

ROOT = Path(__file__).parents[2]
CODES = re.compile(r'code="([a-z_]+)"|_wrong\(\s*"([a-z_]+)"|"([a-z_]+)" if planned else "([a-z_]+)"')


def test_every_code_of_the_rules_has_a_treatment() -> None:
    """Nobody adds a refusal without saying how a page answers it."""
    places = [*ROOT.glob("rules/**/*.py"), *ROOT.glob("engine/*.py"), ROOT / "reference" / "working.py"]
    found = {code for path in places for groups in CODES.findall(path.read_text()) for code in groups if code}
    assert len(found) > 40
    assert found - set(TABLE) == set()
