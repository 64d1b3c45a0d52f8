"""`python tied.py PARENT WORDS…` becomes another program that is asked to stop (SIGTERM) when PARENT dies.

A worker that outlived its product would go on asking at its port, where another product may listen by then:
it would take cycles that it cannot read. Linux keeps the wish across exec; elsewhere only the next start
ends what was left (embedded/leftovers.py).
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""prctl(2): the signal that this process gets when the thread that started it ends."""
NOT_FOUND = 127
"""What a shell says of a program that is not there."""


def tie(parent: int) -> bool:
    """Whether this process now ends with the parent; False: that is dead already."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    return os.getppid() == parent


def main(parent: str, *words: str) -> int:
    """Become the program; a code comes back only where it cannot be."""
    if not tie(int(parent)):
        return -signal.SIGTERM
    for ignored in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores them, and exec would hand that on
        signal.signal(ignored, signal.SIG_DFL)
    try:
        os.execvp(words[0], words)  # noqa: S606 - our own words, and no shell is wanted
    except OSError as why:
        sys.stderr.write(f"{words[0]} cannot be started: {why.strerror}\n")
        return NOT_FOUND


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
