"""What git remembers of a workspace: past states, who changed what and when, and what a change means."""
