"""Sign-off: what waits for whoever signs, read in three minutes on a phone, signed, sent back or put off."""
