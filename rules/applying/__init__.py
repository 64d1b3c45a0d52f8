"""One file per part of the process: a cycle and an entry of its ledger in, the cycle after it out."""
