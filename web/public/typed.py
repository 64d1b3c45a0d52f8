"""What somebody who is not signed in typed into a form of ours: text alone, in a few fields."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from web.showing.page import render

MOST_FIELDS = 12
MOST_BYTES = 20_000
UNREADABLE = 400
TOO_LARGE = 413


async def typed(request: Request) -> dict[str, str]:
    """The fields of the form, each without the one character that no text can hold.

    Raises: HTTPException: it cannot be read, or is too large.
    """
    try:
        async with request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES) as form:
            return {
                name: value.replace("\x00", "").replace("\r\n", "\n")
                for name, value in form.items()
                if isinstance(value, str)
            }
    except HTTPException as wrong:
        beyond = "xceeded" in wrong.detail or "Too many" in wrong.detail
        raise HTTPException(TOO_LARGE if beyond else UNREADABLE) from None


def own(request: Request, template: str, status: int = 200, **facts: object) -> Response:
    """A page that is one visitor's: nothing keeps it, and no other site learns its address."""
    answer = render(request, template, status, **facts)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
