"""One file per part of the process: a cycle, a command and a moment in; events or a refusal out."""
