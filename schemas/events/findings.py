"""What happened to findings: drafted, checked, redacted, signed, released, corrected, withdrawn."""

from typing import Literal

from schemas.clocks import Clock, Due
from schemas.cycle.findings import Span, WithheldItem
from schemas.shape import Digest, Instant, Shape, TextRef, later


class FindingsDrafted(Shape):
    kind: Literal["FindingsDrafted"] = "FindingsDrafted"
    version: int
    answer: TextRef
    body: TextRef
    correction: TextRef | None = later(None)


class FindingsApproved(Shape):
    kind: Literal["FindingsApproved"] = "FindingsApproved"
    version: int
    statement: TextRef
    name: TextRef | None = later(None)
    """The name that was typed as the signature."""


class FindingsSentBack(Shape):
    """Whoever would have signed sent the version back; signatures that were under it fall away."""

    kind: Literal["FindingsSentBack"] = "FindingsSentBack"
    version: int
    note: TextRef


class FindingsPublished(Shape):
    """Published: the fingerprint is the SHA-256 of the public facts in their canonical form."""

    kind: Literal["FindingsPublished"] = "FindingsPublished"
    version: int
    fingerprint: Digest
    despite_election: TextRef | None = later(None)


class FactCheckInvited(Shape):
    kind: Literal["FactCheckInvited"] = "FactCheckInvited"
    version: int
    clock: Clock
    due: Due


class FactCheckReceived(Shape):
    kind: Literal["FactCheckReceived"] = "FactCheckReceived"
    version: int
    comments: TextRef | None = None
    late: bool = False
    """Whether it came after its silence had been taken as no comment."""


class FactCheckDeemed(Shape):
    """The window passed in silence: no comment, on record as deemed."""

    kind: Literal["FactCheckDeemed"] = "FactCheckDeemed"
    version: int
    due: Due


class ItemRedacted(Shape):
    """Spans and items were taken out of the copy that is published."""

    kind: Literal["ItemRedacted"] = "ItemRedacted"
    version: int
    spans: tuple[Span, ...]
    items: tuple[WithheldItem, ...]
    answer: TextRef
    body: TextRef


class RedactionsChecked(Shape):
    kind: Literal["RedactionsChecked"] = "RedactionsChecked"
    version: int
    agreed: bool
    reason: TextRef | None = None


class ReleaseScheduled(Shape):
    kind: Literal["ReleaseScheduled"] = "ReleaseScheduled"
    version: int
    at: Instant | None = None
    condition: TextRef | None = None
    placeholder: TextRef
    despite_election: TextRef | None = None


class ReleaseHeldBack(Shape):
    kind: Literal["ReleaseHeldBack"] = "ReleaseHeldBack"
    version: int
    reason: TextRef


class FindingsCorrected(Shape):
    """A correction was published at the same address; the version before it stays listed."""

    kind: Literal["FindingsCorrected"] = "FindingsCorrected"
    version: int
    replaces: int
    fingerprint: Digest
    reason: TextRef
    despite_election: TextRef | None = later(None)


class FindingsWithdrawn(Shape):
    kind: Literal["FindingsWithdrawn"] = "FindingsWithdrawn"
    version: int
    notice: TextRef
