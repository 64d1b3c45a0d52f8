"""VERBS: pure functions from facts and an instant to a decision. Every public rule cites its source."""
