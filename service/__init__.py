"""The doors: HTTP, bulk scoring, the command line."""
