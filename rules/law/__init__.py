"""The rules of law and of local standards: one function per clock, each with its source."""
