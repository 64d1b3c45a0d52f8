"""WATCHING: how a process is seen from outside: its log, its numbers, its health. It carries no cycle."""
