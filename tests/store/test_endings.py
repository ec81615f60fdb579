"""Letters are folded here as the index of words folds them."""

from __future__ import annotations

import sqlite3

from copilot.store import endings


def test_letters_are_folded_as_the_index_folds_them() -> None:
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize='unicode61 remove_diacritics 2')")
    index.execute("CREATE VIRTUAL TABLE v USING fts5vocab (t, 'instance')")
    letters = [chr(number) for number in range(0x30, 0x100) if endings._LAST.fullmatch(chr(number))]
    index.executemany("INSERT INTO t VALUES (?)", [(f"q{letter}q",) for letter in letters])
    told = [row[0] for row in index.execute("SELECT term FROM v ORDER BY doc")]
    assert len(letters) == 124
    assert told == [endings._folded(f"q{letter}q") for letter in letters]


def test_signs_part_words_as_in_the_index() -> None:
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize='unicode61 remove_diacritics 2')")
    index.execute("CREATE VIRTUAL TABLE v USING fts5vocab (t, 'row')")
    index.executemany("INSERT INTO t VALUES (?)", [(f"a{sign}b",) for sign in endings._PARTING])
    assert [row[0] for row in index.execute("SELECT term FROM v ORDER BY term")] == ["a", "b"]
