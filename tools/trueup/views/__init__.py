"""What follows from what is written down: frozen values made for a reader."""
