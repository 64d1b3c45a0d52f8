"""From a form to a command: what is filled in, handed in, and said where it is refused."""
