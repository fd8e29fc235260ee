"""Merges records and series field by field, and says what is left for a person to decide."""
