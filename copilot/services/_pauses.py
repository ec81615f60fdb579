"""No long pause while many objects are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_long_pause() -> Iterator[None]:
    """Let nothing walk the messages of a load, of any number, while they are made.

    A full collection of garbage stops every thread, the event loop's too: half a second for 50,000 messages.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # What was made is never walked, as the lexicons are not: it goes when nothing refers to it. To tell first
        # whether anything was frozen would itself walk all that is.
        gc.freeze()
        if was_enabled:
            gc.enable()
