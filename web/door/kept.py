"""A form that came back when nobody was let in: nothing is done, and what was typed is shown again.

It goes back to the browser that sent it and is kept nowhere else, so nobody else ever sees it.
"""

from typing import Literal

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from web.door.sessions import door
from web.forms.fields import Typed
from web.forms.posted import Posted, form_of, parts_of
from web.showing import words
from web.showing.page import render

UNSEEN = ("key", "kept", "csrf", "seen")
"""What a form carries for itself."""
Then = Literal["copy", "send", "sign in"]
A_WORD = 40
"""Letters: what is longer was written by somebody, as is what has spaces in it."""
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def sent_with(request: Request) -> Posted:
    """What a request carries as a form; nothing where it carries none, or one that cannot be read."""
    if not request.headers.get("content-type", "").startswith(FORMS):
        return Posted(Typed())
    form: FormData | None = None
    try:
        form = await form_of(request)
        return parts_of(form)
    except HTTPException:
        return Posted(Typed())
    finally:
        if form:
            await form.close()


def shown_again(
    request: Request,
    sent: Posted,
    status: int,
    *,
    then: Then,
    title: str,
    message: str,
    way: str = "/sign-in",
) -> Response:
    """What was typed: to be copied, to be sent as it stands, or to be sent after signing in, by that way."""
    pairs = _pairs(sent)
    kept = [(name, words.spelled(name), value) for name, value in pairs if _written(name, value)]
    answer = render(
        request, "kept.html", status, title=title, message=message, kept=kept, then=then,
        unseen=[(name, value) for name, value in pairs if not _written(name, value)],
        files=bool(sent.files), by_link=door(request).by_link, way=way,
        button="Send it again" if then == "sign in" else "Send it now",
    )  # fmt: skip
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def anything(sent: Posted) -> bool:
    """Whether there is something that would be lost."""
    return bool(_pairs(sent) or sent.files)


def _pairs(sent: Posted) -> list[tuple[str, str]]:
    """Every input, also the button that was used: sent again, it means the same."""
    return [(name, value) for name, values in sent.typed.said.items() if name != "csrf" for value in values]


def _written(name: str, value: str) -> bool:
    return name not in UNSEEN and (len(value) > A_WORD or len(value.split()) > 1)
