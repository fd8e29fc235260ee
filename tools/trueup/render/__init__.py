"""From views to text: terminal, JSON, CSV, Markdown, HTML, and the formats of other programs."""
