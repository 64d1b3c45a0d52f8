"""What many runs come to: shares and counts, and when there are too few to say anything."""

from collections.abc import Mapping

FEW = 5
"""Fewer than this say more about one case than about how cycles run."""


def enough(count: int) -> bool:
    """Whether a number stands on enough cases to be shown.

    Source: process.clocks
    Units: cases; five or more.
    """
    return count >= FEW


def middle(counts: Mapping[int, int]) -> int | None:
    """The median of numbers that are given by how often each stands; the lower of two in the middle.

    Source: process.clocks
    """
    half, seen = (sum(counts.values()) + 1) // 2, 0
    for number in sorted(counts):
        seen += counts[number]
        if seen >= half:
            return number
    return None


def share(part: int, whole: int) -> int | None:
    """A part of a whole as a percentage; None where the whole is nothing.

    Source: process.clocks
    Units: whole per cent, halves rounded up.
    """
    return (200 * part + whole) // (2 * whole) if whole else None


def shares(parts: dict[str, int]) -> dict[str, int]:
    """Parts as percentages that add up to 100: what rounding leaves goes to the largest remainders.

    Source: process.clocks
    Units: whole per cent; all 0 where there is nothing to share.
    """
    whole = sum(parts.values())
    if not whole:
        return dict.fromkeys(parts, 0)
    found = {name: 100 * part // whole for name, part in parts.items()}
    left = 100 - sum(found.values())
    by_rest = sorted(parts, key=lambda name: (-(100 * parts[name] % whole), name))
    return {name: found[name] + (name in by_rest[:left]) for name in parts}
