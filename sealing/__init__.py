"""The seal: the ring of keys, and how files lie where others could read the disk (docs/secrets.md)."""
