"""In which language a page is written: what of it can be translated, and by what."""
