"""Scoring records against gold: `gold.py` reads and validates gold, `matching.py` pairs facts, `scores.py` counts, `report.py` prints."""
