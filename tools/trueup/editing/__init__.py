"""What writes into a workspace."""
