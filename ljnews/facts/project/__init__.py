"""The fact type project."""
