"""Keeps the way a product team and an operations team work together as checked text in git."""

__version__ = "0.1.0"
