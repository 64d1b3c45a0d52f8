"""Which versions of a return still stand: the newest, and each that answers a point nobody answered since."""

from schemas.clocks import Restarted
from schemas.cycle import Request, ReturnVersion
from schemas.evidence import RequestDraft
from schemas.shape import Instant

WHOLE = ""
"""The one point of a request that is asked for as a whole."""


def standing(request: Request) -> tuple[ReturnVersion, ...]:
    """The versions of a return that stand together, oldest first; one alone where it never came in parts.

    A later version takes the place of an earlier one for the points that it answers: those it names, or else
    all that were owed then. What was sent back stands no more. A point is known by its words, so that it
    keeps its answer when an amended request numbers it anew.

    Source: process.commands
    """
    by_point: dict[str, int] = {}
    sent_back = _sent_back_at(request)
    for version in request.returns:
        points = _points(_asked_at(request, version.received_at))
        owed = [one for one in points if one not in by_point]
        answered = _numbered(points, version.parts) or owed or points
        by_point |= dict.fromkeys(answered, version.version)
        if version.gap and sent_back:
            points = _points(_asked_at(request, sent_back.pop(0)))
            for one in _numbered(points, version.gap_parts) or list(by_point):
                by_point.pop(one, None)
    asked = _points(request.draft)
    wanted = {number for point, number in by_point.items() if point in asked}
    newest = request.returns[-1].version if request.returns else None
    return tuple(one for one in request.returns if one.version in wanted or one.version == newest)


def _sent_back_at(request: Request) -> list[Instant]:
    """When each version with a gap was sent back; an amendment may start the clock again too."""
    amended = {one.at for one in request.amendments}
    restarted = (one.at for one in request.clock.entries if isinstance(one, Restarted))
    return [at for at in restarted if at not in amended]


def _points(draft: RequestDraft) -> tuple[str, ...]:
    return draft.asked or (WHOLE,)


def _numbered(points: tuple[str, ...], numbers: tuple[int, ...]) -> list[str]:
    return [points[one - 1] for one in numbers if 1 <= one <= len(points)]


def _asked_at(request: Request, at: Instant) -> RequestDraft:
    """What was asked for at an instant: each amendment keeps what stood before it."""
    return next((one.was for one in request.amendments if at < one.at), request.draft)
