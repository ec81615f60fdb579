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
        # What was made joins the oldest objects without a walk through it; what others froze stays frozen.
        had_frozen = gc.get_freeze_count() > 0
        gc.freeze()
        if not had_frozen:
            gc.unfreeze()
        if was_enabled:
            gc.enable()
