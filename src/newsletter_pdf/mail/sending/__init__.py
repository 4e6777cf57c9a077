"""Sending an issue: what has to be true before, the run itself, and what is told afterwards."""
