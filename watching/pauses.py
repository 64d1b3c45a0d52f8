"""How a process waits as little as it can for itself: looks for garbage, and the turns of its threads."""

import gc
import sys

OFTEN, NOW_AND_THEN, HARDLY_EVER = 20_000, 20, 100
"""After so many new objects the newest are looked through, each twentieth time those that outlived that, and
each hundredth time of those all that there are: a look at all of a process that serves pages of ten thousand
cycles holds up everybody for a quarter of a second, and Python's own numbers have it every few pages."""
TURN = 0.0005
"""Seconds that a thread may go on with Python while another waits for it; of itself Python grants
it ten times that. A worker's workflows, its event loop and Temporal's client take many turns in every act."""


def seldom() -> None:
    """Leave out of every later look what is there now, and look as seldom as is safe.

    To be called once everything that stays for good is loaded.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OFTEN, NOW_AND_THEN, HARDLY_EVER)


def short_turns() -> None:
    """Have the threads of this process take shorter turns, as a worker needs: each act goes through three."""
    sys.setswitchinterval(TURN)
