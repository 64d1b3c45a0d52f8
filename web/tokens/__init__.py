"""Tokens for programs: made, shown once, listed and ended by whoever they act for."""
