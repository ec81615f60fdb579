"""The process that looks far for what a word may have meant: slow at times, so that it can be ended.

Lines of JSON. Told ``{"load": "fr"}`` it says ``{"loaded": "fr"}``; told ``{"word", "language", "id"}`` it says
``{"id", "word"}`` for each suggestion as it comes, then ``{"id"}``. It ends when its input does, or when it is asked
nothing for a while.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from copilot.text.spelling._forms import Forms

#: How a frozen program, which has no ``-m``, is asked to be this process.
ARGUMENT = "--replique-spelling-child"
#: Seconds without a question before it ends by itself: it holds some 90 MB.
IDLE_SECONDS = 180.0
#: Suggestions for a word.
MOST = 8
#: Roots compared to the word letter group by letter group, where no small edit helps.
_NEAR_LENGTH = 4


def child_command() -> list[str]:
    """The command that starts this process."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT]
    return [sys.executable, "-m", __name__ if __name__ != "__main__" else "copilot.text.spelling._child"]


def run_child_if_asked(argv: Sequence[str]) -> None:
    """Be the child, and end the process, when ``argv`` (without the program) asks for it. To be called first."""
    if list(argv[:1]) == [ARGUMENT]:
        main()
        raise SystemExit(0)


def main() -> None:
    """Answer until the input ends."""
    asked: queue.Queue[dict[str, Any]] = queue.Queue()
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    threading.Thread(target=_read, args=(sys.stdin, asked), daemon=True).start()
    dictionaries: dict[str, _Dictionary] = {}
    while True:
        try:
            question = asked.get(timeout=IDLE_SECONDS)
        except queue.Empty:
            os._exit(0)
        for answer in _answers(question, dictionaries):
            print(json.dumps(answer), file=told, flush=True)


def _read(source: TextIO, asked: queue.Queue[dict[str, Any]]) -> None:
    """The parent holds the other end: it is gone, however it went, when this ends."""
    for line in source:
        asked.put(json.loads(line))
    os._exit(0)


def _answers(question: dict[str, Any], dictionaries: dict[str, _Dictionary]) -> Iterator[dict[str, Any]]:
    if "load" in question:
        language = question["load"]
        dictionaries[language] = dictionaries.get(language) or _Dictionary(language)
        yield {"loaded": language}
        return
    for word in dictionaries[question["language"]].suggestions(question["word"]):
        yield {"id": question["id"], "word": word}
    yield {"id": question["id"]}


class _Dictionary:
    """A Hunspell dictionary, without what takes minutes."""

    def __init__(self, language: str) -> None:
        from spylls.hunspell import Dictionary

        from copilot.paths import assets_dir
        from copilot.text.spelling._forms import Forms

        found = Dictionary.from_files(str(assets_dir() / "dictionaries" / language))
        # Every accent on every vowel in turn: half a minute for a long word. The cheap search does it at once.
        found.aff.MAP = []
        self._suggester = found.suggester
        self._suggester.lookup = _Lookup(Forms.of(assets_dir() / "dictionaries" / f"{language}.forms.xz"))
        self._roots: dict[str, list[Any]] = {}
        for root in self._suggester.words_for_ngram:
            self._roots.setdefault(_initial(root.stem), []).append(root)

    def suggestions(self, word: str) -> Iterator[str]:
        roots = self._roots.get(_initial(word), [])
        self._suggester.words_for_ngram = [root for root in roots if abs(len(root.stem) - len(word)) <= _NEAR_LENGTH]
        yield from islice(self._suggester(word), MOST)


class _Lookup:
    """Stands in for the library's own look-up, which works out the morphology of each of a thousand tries."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms

    def __call__(self, word: str) -> bool:
        """True when each part of ``word`` is a form."""
        return all(part in self._forms for part in word.replace("’", "'").split("-"))

    def good_forms(self, word: str, **_options: object) -> tuple[str, ...]:
        """What ``word`` is a form of, empty when it is none: here only whether it is one counts."""
        return (word,) if word.replace("’", "'") in self._forms else ()


def _initial(word: str) -> str:
    from copilot.text.lexicons import folded

    return folded(word[:1])


if __name__ == "__main__":
    main()
