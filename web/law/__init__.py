"""Dates and votes for everybody: the calculator, and the same answers for programs."""
