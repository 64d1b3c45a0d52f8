"""`python -m bench.hta.worker MODULE prepare|work WHERE`: one system's process, in its own environment."""

import sys
from importlib import import_module
from typing import cast

from bench.hta.system import Module, read


def main() -> None:
    """Prepare a fresh database, or do the system's work until killed."""
    name, what, where = sys.argv[1:4]
    module = cast("Module", import_module(f"bench.hta.systems.{name}"))
    {"prepare": module.prepare, "work": module.work}[what](read(where))


if __name__ == "__main__":
    main()
