"""Does one thing in a copy of this process while it does another itself."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


def begun(work: Callable[[], Answer]) -> Callable[[], Answer]:
    """Begins ``work``, and gives what waits for its answer.

    The copy shares the memory of this process, so what is worked on need not be handed over: only Unix makes such copies. Where
    there is none, or it comes to grief, the work is done here when the answer is wanted.
    """
    if "fork" not in multiprocessing.get_all_start_methods() or multiprocessing.cpu_count() < 2:
        return work
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)

    def do() -> None:
        # Who interrupts means the process that speaks; and with nobody left to read, an answer must not wait for a reader for ever.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        ours.close()
        # What goes wrong is said when it is done again, by the one process that speaks.
        with contextlib.suppress(Exception):
            theirs.send(work())

    process = context.Process(target=do, daemon=True)
    try:
        process.start()
    except OSError:
        ours.close()
        theirs.close()
        return work
    theirs.close()

    def wanted() -> Answer:
        with ours:
            try:
                answer: Answer = ours.recv()
            except Exception:  # A copy that died in the middle of its answer leaves anything at all.
                process.kill()
                process.join()
                return work()
        process.join()
        return answer

    return wanted
