"""How things are shown: words, dates, strips, history and what an act would change."""
