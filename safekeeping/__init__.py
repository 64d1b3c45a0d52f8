"""Backups and what follows a restore: made, checked, read back, and settled with the engine (ADR 0032)."""
