"""What a rule or a decision rests on, as everybody reads it."""

from reference.catalogue import sources


def in_words(named: str) -> str:
    """A source by its title, such as `Police Reform and Social Responsibility Act 2011, s.1`."""
    found = sources().get(named)
    return ", ".join(part for part in (found.title, found.section) if part) if found else named
