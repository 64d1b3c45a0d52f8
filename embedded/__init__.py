"""The services that a single machine lacks: PostgreSQL, Temporal, a mail catcher, a keeper of processes.

Only standalone.py and backups use this room. Everything here listens on loopback alone.
"""
