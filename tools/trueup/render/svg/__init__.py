"""Charts as SVG of our own, each from a view, each with its figures as a table."""
