"""Evidence: what is asked and what comes back."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from schemas.clocks import Budget
from schemas.shape import Digest, Shape, Slug, TextRef, later

Form = Literal["report", "presentation", "tracker_update", "written_answer", "data", "video"]
"""In which form the office asks for its evidence."""

MediaType = Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9.+-]+$", max_length=100)]


class RequestDraft(Shape):
    """One ask to one lead, as an officer writes it."""

    title: TextRef
    asked: tuple[TextRef, ...] = ()
    lead: Slug
    form: Form = "report"
    due: Budget
    commitment: str | None = None
    certify: bool = later(default=False)
    """Whether the return has to be certified on the force's side before it can be accepted."""
    certifier: Slug | None = later(None)
    """Who certifies it, where that is not the Chief Constable."""


class FileItem(Shape):
    """A file that was stored before the command named it. Its name is a text: it may be personal."""

    kind: Literal["file"] = "file"
    digest: Digest
    size: Annotated[int, Field(gt=0)]
    """Bytes."""
    media_type: MediaType
    name: TextRef


class WrittenItem(Shape):
    """An answer typed into the form."""

    kind: Literal["written"] = "written"
    text: TextRef


class LinkItem(Shape):
    """An address where the evidence is published already."""

    kind: Literal["link"] = "link"
    address: TextRef


class ShownItem(Shape):
    """Presented at the meeting."""

    kind: Literal["shown"] = "shown"
    what: TextRef


Item = Annotated[FileItem | WrittenItem | LinkItem | ShownItem, Field(discriminator="kind")]

Answer = Literal["provided", "nothing_held", "operational_not_appropriate"]
"""What the force says: here it is, we hold nothing, or an answer is operationally not appropriate."""


class Cover(Shape):
    """The period that evidence speaks of, which is not the day on which it arrived."""

    covers_from: date | None = None
    covers_to: date | None = None


Ground = Literal[
    "national_security",
    "safety",
    "prevention_or_detection",
    "legal_prohibition",
    "commercial_confidentiality",
    "personal_data",
    "legal_privilege",
]
"""Why something is not published. Each is an entry of the register: see `rules.publishing.withholding`."""
