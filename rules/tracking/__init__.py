"""An office's own tracker, read: which column says what, which day is meant, and what each row gives."""
