"""The fact type target."""
