"""Door 2: the command line. `python starter.py --help` says what can be done."""

import sys

from cli.program import run
from engine.leaving import leave

if __name__ == "__main__":
    leave(run(sys.argv[1:]))
