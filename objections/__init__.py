"""What a line of a Russian sales call means: the core that every door and the workshop share."""
