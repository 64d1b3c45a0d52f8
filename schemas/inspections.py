"""Inspections: the report that a cycle answers."""

from datetime import date

from schemas.shape import Shape, TextRef


class InspectionReport(Shape):
    """An inspection report: the day on which it was published, and its title or number."""

    published_on: date
    title: TextRef | None = None
