"""The face's own door: who comes in, what they can reach, and what is said when something is wrong."""
