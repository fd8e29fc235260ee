"""Why there is no site, in words for whoever asked for one."""

from __future__ import annotations

from trueup.locale import Text, msg


class SiteError(Exception):
    """``text`` says it in the reader's language; ``lines`` are to be pasted into a file, or what MkDocs says itself."""

    def __init__(self, text: Text, lines: str = "") -> None:
        super().__init__("\n".join(filter(None, (str(text), lines))))
        self.text = text
        self.lines = lines


def cannot(error: OSError, file: object = "") -> SiteError:
    """What the operating system refuses."""
    return SiteError(msg("cannot read or write {file}: {reason}", file=str(error.filename or file), reason=error.strerror or str(error)))
