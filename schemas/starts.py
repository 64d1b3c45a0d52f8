"""What each kind of cycle begins with: its question, who is asked for what, and the clock it runs against."""

from typing import Annotated

from pydantic import Field

from schemas.evidence import Form
from schemas.sessions import Forum
from schemas.shape import Shape, Slug


class StartRequest(Shape):
    """One request that a kind of cycle begins with."""

    title: str
    asked: tuple[str, ...] = ()
    lead: Slug
    form: Form = "report"
    certify: bool = False


class Start(Shape):
    """What a kind of cycle begins with. Everything in it can be changed before it is sent."""

    kind: Slug
    """The kind's id, as its standards have it."""
    says: str
    """When one takes this kind, in one sentence."""
    title: str
    question: str
    forum: Forum = "holding_to_account"
    clock: Slug | None = None
    """The rule of law against which it runs, where there is one."""
    clock_asks: str = ""
    """What to ask for the day from which that rule counts."""
    clock_names: str = ""
    """What to ask for the name of what began it."""
    requests: Annotated[tuple[StartRequest, ...], Field(max_length=20)]
