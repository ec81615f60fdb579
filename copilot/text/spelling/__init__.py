"""Spelling in French and English: which words of a text are in no dictionary, and what they may have meant.

A dictionary is read at the first use, in about 0.1 s; a window first calls :func:`load_in_background`, and is told
nothing of a language until its dictionary is there.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Collection, Iterable

from copilot.text.spelling._speller import LANGUAGES, Speller
from copilot.text.spelling._suggester import Suggester
from copilot.text.spelling._tokens import LONGEST

__all__ = [
    "LANGUAGES", "Speller", "close", "load", "load_in_background", "misspelled", "ready", "speller", "suggestions",
]  # fmt: skip

#: Suggestions for a word, at most.
MOST_SUGGESTIONS = 8

_spellers: dict[str, Speller] = {}
_loading = threading.Lock()
_background = threading.Event()
_suggesters: dict[asyncio.AbstractEventLoop, Suggester] = {}


def ready(language: str) -> bool:
    """True once the dictionary of ``language`` (``fr``, ``en``, ``fr-FR``...) is read."""
    return language[:2] in _spellers


def load(language: str) -> Speller | None:
    """Read the dictionary of ``language`` now, once; None when there is none for it.

    Raises:
        OSError: a shipped file is missing.
    """
    code = language[:2]
    if code not in LANGUAGES:
        return None
    with _loading:
        if code not in _spellers:
            _spellers[code] = Speller(code)
        return _spellers[code]


def load_in_background(languages: Iterable[str] = LANGUAGES, then: Callable[[], None] | None = None) -> None:
    """From now on never wait for a dictionary: read those of ``languages`` in a thread, then call ``then`` from it."""
    _background.set()
    wanted = tuple(languages)

    def read() -> None:
        for language in wanted:
            load(language)
        if then is not None:
            then()

    threading.Thread(target=read, name="spelling", daemon=True).start()


def speller(language: str) -> Speller | None:
    """The dictionary of ``language``; None when there is none, or while a background thread reads it."""
    found = _spellers.get(language[:2])
    if found is None and not _background.is_set():
        found = load(language)
    return found


def misspelled(text: str, language: str, known: Collection[str] = ()) -> list[tuple[int, int, str]]:
    """Words of ``text`` in no dictionary of ``language`` nor in ``known``: (start, end, word) in order.

    Offsets are characters of ``text``; the word is composed, with ``'`` and ``-``. Empty while :func:`ready` is False
    in a window, and for a language without dictionary. At most 100 are told.
    """
    found = speller(language)
    return found.misspelled(text, known) if found else []


async def suggestions(
    word: str,
    language: str,
    timeout: float = 1.0,  # noqa: ASYNC109 - the process is ended when time runs out, which a caller could not do
) -> tuple[str, ...]:
    """What ``word`` may have meant, best first: the near words, then what a process finds in ``timeout`` seconds.

    The process is started at the first call and kept: end it with :func:`close`. Words longer than 60 characters get
    no suggestion. Never raises for what the process does: the near words are there in any case.
    """
    found = await asyncio.to_thread(load, language)
    if found is None or not word or len(word) > LONGEST:
        return ()
    near = await asyncio.to_thread(found.near, word)
    loop = asyncio.get_running_loop()
    if loop not in _suggesters:
        close()
        _suggesters[loop] = Suggester()
    far = await _suggesters[loop].suggestions(word, found.language, timeout)
    return tuple(dict.fromkeys((*near, *far)))[:MOST_SUGGESTIONS]


def close() -> None:
    """End the process of :func:`suggestions`, when there is one."""
    while _suggesters:
        _suggesters.popitem()[1].close()
