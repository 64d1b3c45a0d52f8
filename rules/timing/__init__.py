"""How cycles ran: steps, who held them, what was late, and what many of them come to together."""
