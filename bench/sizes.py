"""How much of it a bench does: numbers with usual values, which whoever runs it may give otherwise."""

import argparse


def sizes(about: str | None, **usual: int) -> argparse.Namespace:
    """What was asked for on the line as `--rounds 5`; what was not asked for is as usual."""
    parser = argparse.ArgumentParser(description=about)
    for name, number in usual.items():
        parser.add_argument(f"--{name}", type=int, default=number)
    return parser.parse_args()
