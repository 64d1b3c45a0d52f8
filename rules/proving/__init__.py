"""Proving: whether a ledger is what it was, by its chains, its checkpoints and their signatures."""
