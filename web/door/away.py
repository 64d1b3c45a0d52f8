"""The page while the record is away: a form that came back keeps its words, and is sent again by a button."""

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from schemas.outcomes import Refused
from web.door.kept import anything, sent_with
from web.forms.fields import Typed
from web.forms.posted import MOST_BYTES_OF_TEXT, Posted
from web.showing import words
from web.showing.page import render

AWAY = 503
TITLE = "The record cannot be reached"
ADVICE = "Nothing is lost. Go back, wait a minute and try again: what you typed is still in the form."
AGAIN = "We could not reach the record. Nothing is lost: your text is below, and nothing was sent."
A_WORD = 40
"""Letters: what is longer, or has spaces in it, was written by somebody."""
OF_THE_FORM = ("csrf", "key", "kept", "seen", "base", "version")


async def away(request: Request) -> Response:
    """What was typed, to be sent again under the same key; without a form, that the record is away."""
    if request.url.path.startswith("/api/"):
        refused = Refused(code="store_down", message=ADVICE, source="process.wrong-input")
        return JSONResponse(refused.model_dump(), AWAY)
    sent = await _sent(request)
    if not anything(sent):
        return render(request, "fault.html", AWAY, title=TITLE, message="", advice=ADVICE, reference="")
    pairs = [(name, value) for name, values in sent.typed.said.items() for value in values]
    return render(
        request, "away.html", AWAY, title=TITLE, message=AGAIN, files=bool(sent.files),
        kept=[(name, words.spelled(name), value) for name, value in pairs if _written(name, value)],
        unseen=[(name, value) for name, value in pairs if not _written(name, value)],
    )  # fmt: skip


async def _sent(request: Request) -> Posted:
    """The form of this request, read before or still to be read; nothing where it is large or broken off."""
    before: Posted | None = getattr(request.state, "sent", None)
    if before is not None:
        return before
    size = request.headers.get("content-length", "")
    if request.method != "POST" or not size.isdecimal() or int(size) > MOST_BYTES_OF_TEXT:
        return Posted(Typed())
    try:
        return await sent_with(request)
    except (ClientDisconnect, RuntimeError):
        return Posted(Typed())


def _written(name: str, value: str) -> bool:
    return name not in OF_THE_FORM and (len(value) > A_WORD or len(value.split()) > 1)
