"""Makes the packed forms from the dictionaries: ``python -m copilot.text.spelling._making``.

The dictionaries list base forms with the affixes they take; here each is written out once and for all, so that looking
a word up is reading a set, and not the work of a morphology. Elisions (l', d', qu'...) are left to who reads the text.
"""

from __future__ import annotations

import lzma
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from copilot.paths import assets_dir
from copilot.text.lexicons import lexicon
from copilot.text.spelling._forms import COMMON, ENCODING, PREFIX, key, packed

#: The dictionaries whose words are those of a language.
SOURCES = {"fr": ("fr",), "en": ("en", "en-gb")}

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# Chemical formulas and the like: small and capital letters in turn.
_MIXED = re.compile(r"[^\W\d_][^\W\d_A-Z'-]*[A-Z]")
# Forms that nobody means in a post: simple past, imperfect subjunctive.
_BOOKISH = re.compile(r"(?:[âîû](?:mes|tes|t)|èrent|[aiu]ss(?:e|es|ions|iez|ent))$")


def main() -> None:
    """Write the packed forms of each language beside its dictionaries."""
    folder = assets_dir() / "dictionaries"
    for language, sources in SOURCES.items():
        by_stem: dict[str, set[str]] = defaultdict(set)
        for source in sources:
            for stem, forms in expanded(folder / source):
                by_stem[stem] |= forms
        content = written(by_stem, lexicon(f"spelling_common.{language}") | lexicon(f"stopwords.{language}"))
        (folder / f"{language}.forms.xz").write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))


def written(by_stem: dict[str, set[str]], frequent: Iterable[str]) -> bytes:
    """The forms as :class:`Forms` reads them: what each bucket is called and how long it is, then the buckets."""
    buckets: dict[bytes, list[tuple[bytes, bytes]]] = defaultdict(list)
    every = {form for forms in by_stem.values() for form in forms if _is_wanted(form)}
    for form in every:
        its_key = key(form)
        buckets[its_key[:PREFIX]].append((its_key, packed(form) or b""))
    lines = {prefix: b"\n".join(word for _key, word in sorted(words)) for prefix, words in sorted(buckets.items())}
    common = sorted({form for stem in frequent for form in _usual_forms(stem, by_stem) if form in every})
    lines[COMMON] = "\n".join(common).encode(ENCODING)
    head = b"\n".join(prefix + b" %d" % len(block) for prefix, block in lines.items())
    return head + b"\n\n" + b"".join(lines.values())


def _usual_forms(stem: str, by_stem: dict[str, set[str]]) -> Iterator[str]:
    yield stem
    for form in by_stem.get(stem, ()):
        if not _BOOKISH.search(form):
            yield form


def _is_wanted(form: str) -> bool:
    if not _WORD.fullmatch(form) or packed(form) is None or form.endswith("'s"):
        return False
    return form.isupper() or not any(_MIXED.match(part) for part in re.split("['-]", form))


def expanded(dictionary: Path) -> Iterator[tuple[str, set[str]]]:
    """Each base form of ``dictionary`` (a path without extension) with all the forms it stands for."""
    from spylls.hunspell.readers import read_aff, read_dic
    from spylls.hunspell.readers.file_reader import FileReader

    aff, context = read_aff(FileReader(f"{dictionary}.aff"))
    dic = read_dic(FileReader(f"{dictionary}.dic", encoding=context.encoding), aff=aff, context=context)
    for word in dic.words:
        if not {aff.FORBIDDENWORD, aff.ONLYINCOMPOUND} & word.flags:
            yield word.stem, _forms(word.stem, word.flags, aff)


def _forms(stem: str, flags: set[str], aff: Any) -> set[str]:
    found = set() if aff.NEEDAFFIX in flags else {stem}
    for form, further in _with_endings(stem, flags, aff):
        for whole in (form, *(again for again, _ in _with_endings(form, further, aff))):
            found.add(whole)
            found |= _with_beginnings(whole, flags | further, aff)
    return found | _with_beginnings(stem, flags, aff)


def _with_endings(stem: str, flags: Iterable[str], aff: Any) -> Iterator[tuple[str, set[str]]]:
    for ending in (ending for flag in flags for ending in aff.SFX.get(flag, ())):
        if ending.cond_regexp.search(stem):
            yield stem[: len(stem) - len(ending.strip)] + ending.add, set(ending.flags)


def _with_beginnings(form: str, flags: Iterable[str], aff: Any) -> set[str]:
    found: set[str] = set()
    for beginning in (beginning for flag in flags for beginning in aff.PFX.get(flag, ())):
        if "'" not in beginning.add and beginning.cond_regexp.search(form):
            whole = beginning.add + form[len(beginning.strip) :]
            found |= {whole, *(again for again, _ in _with_endings(whole, beginning.flags, aff))}
    return found


if __name__ == "__main__":
    main()
