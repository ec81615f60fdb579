"""``replique triage --jsonl``: a text a line, what it wants a line, in this process and in others beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from copilot.cli.batches import Answering, Batch, serve_batches
from copilot.cli.deadlines import Clock
from copilot.cli.jsonl import text_field
from copilot.cli.present import triage_json
from copilot.crew import Crew, cores_beside
from copilot.domain.conversation import Triage
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.i18n import Translator
from copilot.intelligence.recent import Recent
from copilot.intelligence.triage import Asked, RuleTriage
from copilot.text.language import UNKNOWN, code_of

#: What triages several messages together.
Reading = Callable[[Sequence[Asked]], list[Triage]]
#: Reasons remembered with their sentence: the same words are found again and again.
SENTENCES = 10_000
#: What most lines hold, and nothing else.
_PLAIN = frozenset({"text", "id"})


class Line(NamedTuple):
    """One line of the standard input: the text, when it was written, the id to answer with.

    ``ignored`` are the languages it names that do not exist: the text then tells its own.
    """

    asked: Asked
    at: datetime | None = None
    id: object = None
    ignored: tuple[str, ...] = ()

    def answer(self, told: dict[str, object]) -> Mapping[str, object]:
        """``told`` as this line is answered."""
        if self.id is None and not self.ignored:
            return told
        given = {} if self.id is None else {"id": self.id}
        return {**given, **told, **({"lang_ignored": list(self.ignored)} if self.ignored else {})}


def read_line(told: Mapping[str, object]) -> Line:
    """A line that was parsed.

    Raises:
        UserError: ``jsonl.missing``, ``jsonl.not_text``, ``triage.bad_time``.
    """
    text = told.get("text")
    if isinstance(text, str) and told.keys() <= _PLAIN:
        return Line(Asked(text), None, told.get("id"))
    named = {name: text_field(told, name, required=False) for name in ("lang", "thread_lang")}
    codes = {name: code_of(given) if given else None for name, given in named.items()}
    ignored = [given[:40] for name, given in named.items() if given and not codes[name] and given != UNKNOWN]
    author = text_field(told, "author", required=False) or None
    asked = Asked(text_field(told, "text"), author, codes["lang"], codes["thread_lang"])
    return Line(asked, _moment(told), told.get("id"), tuple(ignored))


def _moment(asked: Mapping[str, object]) -> datetime | None:
    """When the message was written, when that is said; UTC where no zone is.

    Raises:
        UserError: ``triage.bad_time``.
    """
    told = text_field(asked, "created_at", required=False)
    if not told:
        return None
    try:
        at = datetime.fromisoformat(told)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UserError("triage.bad_time", value=told[:40]) from error


def serve(language: str, clock: Clock, read: Reading | None = None) -> None:
    """Answer each line of the standard input in ``language``; by rules, with other processes, without a ``read``."""
    if read is not None:
        # A model works on all cores already.
        serve_batches(answering(language, clock, read))
        return

    def crew() -> Crew[Batch, str]:
        return Crew(answering, language, clock, many=cores_beside())

    serve_batches(answering(language, clock), crew)


def answering(language: str, clock: Clock, read: Reading | None = None) -> Callable[[Batch], str]:
    """What answers lines by ``read``, by rules of its own without: in this process or another."""
    reading = read or RuleTriage().triage_batch
    t = Translator(language)
    said = _Said(t)

    def answer(lines: Sequence[Line]) -> list[Mapping[str, object]]:
        found = reading([one.asked for one in lines])
        return [
            one.answer(triage_json(told, t, clock.due(told, one.at) if one.at else None, said))
            for one, told in zip(lines, found, strict=True)
        ]

    return Answering(t, read_line, answer)


class _Said:
    """The sentences of reasons; those met before are not made again."""

    def __init__(self, t: Translator) -> None:
        self._t = t
        # By the object, which is kept beside so that no other takes its number.
        self._met: Recent[int, tuple[Wording, str]] = Recent(SENTENCES)

    def __call__(self, wording: Wording) -> str:
        """``wording`` as a sentence."""
        number = id(wording)
        met = self._met.known(number)
        if met is None:
            met = wording, self._t.wording(wording)
            self._met.keep(number, met)
        return met[1]
