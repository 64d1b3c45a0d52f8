"""An office that nothing outside has told anything, and whose engine was never late."""

from collections.abc import Sequence
from datetime import datetime

from schemas.outages import LateRow, LateSpan
from schemas.outside import OutsideRow, State, TriggerEdition


class QuietMemory:
    """What can be asked about the outside and about outages, where there is nothing to say."""

    async def outside(
        self, state: State | None = None, outcome: str | None = None, most: int = 100, skip: int = 0
    ) -> list[OutsideRow]:
        """No event ever came."""
        del state, outcome, most, skip
        return []

    async def outside_event(self, source: str, event: str) -> OutsideRow | None:
        """None of this name came."""
        del source, event
        return None

    async def triggers_history(self, office: str) -> list[TriggerEdition]:
        """The rules are as they came with the product."""
        del office
        return []

    async def late(self, since: datetime | None = None, most: int = 2000) -> list[LateRow]:
        """Nothing was late."""
        del since, most
        return []

    async def late_spans(self, since: datetime | None = None, most: int = 2000) -> list[LateSpan]:
        """Nothing was late."""
        del since, most
        return []

    async def late_these(self, wanted: Sequence[LateSpan]) -> list[LateRow]:
        """None of them."""
        del wanted
        return []
