"""Shared mentions that facts are built from: numeral, quantity, date, place, organization, person, post."""
