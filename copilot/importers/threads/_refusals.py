"""Files that hold no message, because a network said so or there is none: refused in words of their own."""

from __future__ import annotations

from typing import Any

from copilot.errors import UserError
from copilot.importers.threads._fields import normal_name
from copilot.importers.threads._texts import label

#: Characters kept of what a network says.
_MOST_SAID = 200
#: Under which names a refusal is told: in a sentence, and in a word.
_SENTENCES = ("error_user_msg", "message", "error_description", "error_summary", "detail")
_WORDS = ("title", "reason", "error", "error_type", "code")


class NoMessage(UserError):
    """``thread.not_a_thread``, or another ``kind``, with the reason the file gives."""

    def __init__(self, why: str, kind: str = "thread.not_a_thread", **params: object) -> None:
        """``why`` is the end of the key of the sentence."""
        super().__init__(kind, **params)
        self._why = why

    @property
    def key(self) -> str:
        """Key of the sentence in the catalogues."""
        return f"error.thread.{self._why}"


def empty_export(**params: object) -> NoMessage:
    """A file whose format is known, and that holds no message."""
    return NoMessage("empty_export", "thread.empty", **params)


def refusal(answer: dict[str, Any]) -> NoMessage:
    """What a network answered instead of messages."""
    said, code = _said(answer), _code(answer)
    shown = f"{said} ({code})" if said and code and code not in said else said or code
    return NoMessage("network_refused", said=shown) if shown else NoMessage("network_refused_silently")


def _said(answer: Any) -> str:
    """The network's own words, wherever they stand in its answer."""
    if isinstance(answer, list):
        return next((said for one in answer[:5] if (said := _said(one))), "")
    if not isinstance(answer, dict):
        return label(str(answer)[:_MOST_SAID]) if isinstance(answer, str) else ""
    sentences = [answer[key] for key in _SENTENCES if isinstance(answer.get(key), str)]
    words = [answer[key] for key in _WORDS if isinstance(answer.get(key), str)]
    inner = [answer[key] for key in ("error", "errors") if isinstance(answer.get(key), dict | list)]
    return next((said for one in (*sentences, *inner, *words) if (said := _said(one))), "")


def _code(answer: dict[str, Any]) -> str:
    """The number or the name of the fault."""
    inside = answer.get("error")
    for one in (inside if isinstance(inside, dict) else {}, answer):
        for key in ("code", "status"):
            value = one.get(key)
            if isinstance(value, int | str) and not isinstance(value, bool):
                return label(str(value)[:60])
    return str(inside) if isinstance(inside, int) and not isinstance(inside, bool) else ""


def is_refusal(answer: dict[str, Any], known: dict[str, str]) -> bool:
    """True for what a network answers when it refuses: its words are nobody's message.

    ``known`` are the parts of a message that its keys name.
    """
    told = {normal_name(key) for key in answer}
    if "author" in known or "date" in known:
        return False
    refuses = bool(told & {"code", "status"}) and "message" in told and "id" not in told
    return refuses or bool(told & {"error", "errors"})
