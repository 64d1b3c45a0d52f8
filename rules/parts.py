"""Parts of a request: what is owed after a return that answers some, and after the ask has changed."""

from collections.abc import Iterable

from schemas.cycle import Request, RequestState
from schemas.evidence import RequestDraft


def every(draft: RequestDraft) -> tuple[int, ...]:
    """The parts of an ask by their numbers, from 1; none where it is asked for as a whole.

    Source: process.commands
    """
    return tuple(range(1, len(draft.asked) + 1))


def owed(request: Request) -> tuple[int, ...]:
    """The parts that are owed now; none where nothing is, or where it is asked for as a whole.

    Source: process.commands
    """
    return (request.owed or every(request.draft)) if request.open else ()


def left(request: Request, parts: Iterable[int]) -> tuple[int, ...]:
    """The parts that stay owed once these have come; none where no part is named.

    Source: process.commands
    """
    answered = set(parts)
    return tuple(one for one in owed(request) if one not in answered) if answered else ()


def after_amending(request: Request, draft: RequestDraft) -> tuple[RequestState, tuple[int, ...]]:
    """State and owed parts once the ask is another: what has come stays in, and what is new is owed.

    A point is known by its words, so that one may move to another place in the list.

    Source: process.commands
    """
    if not request.returns or (request.state == "sent_back" and not request.owed):
        return request.state, ()
    still = set(owed(request))
    here = {text for one, text in enumerate(request.draft.asked, start=1) if one not in still}
    wanted = tuple(one for one, text in enumerate(draft.asked, start=1) if text not in here)
    if not wanted or not request.draft.asked:
        return ("returned", ())
    return ("sent_back" if request.state == "sent_back" else "part_returned", wanted)
