"""The pre-flight: open histories against the code as it is now, before that code is deployed."""

from engine.preflight.shapes import Difference, Judged, NotLooked, Report, Taken
from engine.preflight.spreading import look_at

__all__ = ["Difference", "Judged", "NotLooked", "Report", "Taken", "look_at"]
