"""Where the door keeps what scanners said of files, who lets one go, and how a scan is asked for."""

from collections.abc import AsyncIterator, Iterable
from typing import BinaryIO, Protocol, runtime_checkable

from schemas.files import Release, Scan
from schemas.shape import Digest


class KeepsScans(Protocol):
    """What scanners said of files, and who let one go."""

    async def scans(self, digests: Iterable[Digest]) -> dict[Digest, Scan]:
        """What is known of some files, by their digests."""
        ...

    async def release(self, one: Release) -> bool:
        """Let a held file go, on record; False where nothing had to be done."""
        ...


class NudgesScans(Protocol):
    """Has files that wait looked at."""

    async def soon(self) -> None:
        """Now, or after the round that is under way."""
        ...


@runtime_checkable
class MadeCopy(Protocol):
    """A cleaned copy of a file."""

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        ...

    @property
    def size(self) -> int:
        """Its bytes."""
        ...

    @property
    def taken_out(self) -> tuple[str, ...]:
        """What was taken out of it, in words."""
        ...

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be looked at before it is given out."""
        ...

    @property
    def file(self) -> BinaryIO:
        """Where it lies until it is read or thrown away."""
        ...

    def pieces(self) -> AsyncIterator[bytes]:
        """Its bytes, once."""
        ...


class RefusedCopy(Protocol):
    """Why there can be no copy."""

    @property
    def message(self) -> str:
        """For people."""
        ...


class MakesCopies(Protocol):
    """Makes cleaned copies of files."""

    async def copy(self, pieces: AsyncIterator[bytes], media_type: str) -> MadeCopy | RefusedCopy:
        """The copy, or why there can be none."""
        ...
