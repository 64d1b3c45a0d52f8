"""How seldom a process stops to look for what nobody needs any more."""

import gc

OFTEN, NOW_AND_THEN, HARDLY_EVER = 20_000, 20, 100
"""After so many new objects the newest are looked through, each twentieth time those that outlived that, and
each hundredth time of those all that there are: a look at all of a process that serves pages of ten thousand
cycles holds up everybody for a quarter of a second, and Python's own numbers have it every few pages."""


def seldom() -> None:
    """Leave out of every later look what is there now, and look as seldom as is safe.

    To be called once everything that stays for good is loaded.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OFTEN, NOW_AND_THEN, HARDLY_EVER)
