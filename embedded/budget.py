"""How often something that falls may be put up again."""

from collections import deque


class Budget:
    """So many restarts within so many seconds; pauses that double while they are being spent."""

    def __init__(self, times: int = 5, within: float = 60.0, pause: float = 0.2) -> None:
        self.times, self.within, self._pause = times, within, pause
        self._spent: deque[float] = deque()

    def spend(self, now: float) -> float | None:
        """The seconds to wait before the next restart, or None when there were too many.

        Units: now is a reading of any clock that only runs forward, in seconds.
        """
        while self._spent and now - self._spent[0] > self.within:
            self._spent.popleft()
        if len(self._spent) >= self.times:
            return None
        self._spent.append(now)
        return float(self._pause * 2 ** (len(self._spent) - 1))
