"""How often somebody asks: counted within each minute, by every process of the pages for itself."""

from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)


class Often:
    """Counts, and forgets whoever has not asked for a minute."""

    def __init__(self) -> None:
        self._asked: dict[str, tuple[datetime, int]] = {}

    def again(self, who: str, now: datetime) -> int:
        """How often they asked within this minute, this time counted."""
        began, count = self._asked.get(who, (now, 0))
        if now - began >= MINUTE:
            began, count = now, 0
            self._asked = {one: it for one, it in self._asked.items() if now - it[0] < MINUTE}
        self._asked[who] = began, count + 1
        return count + 1
