"""What a command says where git cannot answer."""

from __future__ import annotations

from trueup.locale import Text


class GitFailure(Exception):
    """Git cannot answer. ``message`` says why and ``hint`` what to do."""

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
