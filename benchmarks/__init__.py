"""How fast it is, side by side with what a user would take instead; run by ``make bench``."""
