"""The fact type official."""
