"""What is written down: from bytes to records, look-ups and references both ways."""
