"""TIME: one workflow a file. They wait, ask the rules and call activities; nothing else."""
