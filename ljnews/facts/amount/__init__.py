"""The fact type amount."""
