"""What Instagram and Facebook hand over on request: the comments an account wrote, in the language of its owner."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from copilot.domain.conversation import Author
from copilot.importers._decoding import clean
from copilot.importers.threads._dates import When
from copilot.importers.threads._fields import normal_name
from copilot.importers.threads._json_fields import finished, ident, inside, is_json, listed, names, text_of, when
from copilot.importers.threads._json_pages import WRAPPERS, Shape, pieces
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._mojibake import repaired
from copilot.importers.threads._source import Head, Report, Source

NAME = "meta_download"
#: What one account wrote, wherever it did.
OWN_ONLY = True
EXTENSIONS = (".json",)

_LISTS = (
    *("comments_v2", "group_comments_v2", "comments", "group_comments", "comments_media_comments", "media_comments"),
    *("comments_reels_comments", "comments_story_comments", "story_comments", "live_comments", "reels_comments"),
)
_SHAPE = Shape(frozenset(_LISTS), through=WRAPPERS | frozenset(_LISTS), page_through=WRAPPERS)

#: How the files of five languages call a comment, and the account whose post it is under.
_COMMENT = frozenset(("comment", "commentaire", "comentario", "kommentar", "commento", "comment text", "text", "texte"))
_OWNER = frozenset(
    (
        *("media owner", "proprietaire du media", "proprietaire du contenu multimedia", "proprietaire du contenu"),
        *("proprietario del contenido multimedia", "propietario del contenido multimedia", "propietario del contenido"),
        *("propietario del archivo multimedia", "medieninhaber", "medienbesitzer", "eigentumer des mediums"),
        *("proprietario del contenuto multimediale", "proprietario del contenuto", "proprietario dei contenuti"),
        *("eigentumer der medien", "inhaber der medien", "owner", "username", "name", "nom", "nombre", "nome", "url"),
    )
)

#: Keys under which these files hold a comment, whatever its language; and how they are called, always in English.
_SAID = _COMMENT - {"text", "texte"}
_KEY = re.compile(r'"((?:[^"\\\n]|\\.){1,60})"\s*[:,}]')
_CALLED = re.compile(r"(?:post|reels|story|group|live|media|igtv)_comments?(?:_\d+)?\.json$", re.I)


def sniff(head: Head) -> float:
    """Sure of the names these files, and no others, are made of."""
    start = head.text
    if head.members or not is_json(start):
        return 0.0
    # The posts and messages of the same download have the same parts, and other files than comments.
    if names(start, "string_map_data"):
        return 0.97
    if names(start, "comments_v2", "group_comments_v2", "comments_media_comments", "comments_reels_comments"):
        return 0.98
    if names(start, "label_values") and names(start, "label", "value") > 1:
        return 0.95
    if names(start, "media_comments") or (names(start, "comments") and names(start, "title") and _is_older(start)):
        return 0.95
    return 0.0


def is_comments(head: Head) -> bool:
    """Of the many files of a download that have the same parts, those that hold comments."""
    if names(head.text, *_LISTS):
        return True
    keys = {normal_name(repaired(_unescaped(found))) for found in _KEY.findall(head.text[:100_000])}
    return bool(keys & _SAID) or (_CALLED.match(head.name) is not None and "string_map_data" in head.text)


def _unescaped(name: str) -> str:
    """A key as JSON means it."""
    try:
        return str(json.loads(f'"{name}"'))
    except ValueError:
        return name


def _is_older(start: str) -> bool:
    return names(start, "data", "comment", "timestamp") == 3 and names(start, "author", "title") == 2


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """Comments in the order of the file. None of them answers another: these files do not say.

    Raises:
        UserError: ``thread.truncated``, ``thread.malformed``, ``thread.too_deep``.
    """
    return finished(_Own(told).read(source), told)


class _Own:
    def __init__(self, told: Report) -> None:
        self._told = told
        self._count = self._repaired = 0

    def read(self, source: Source) -> Iterator[Draft]:
        for piece in pieces(source, self._told, _SHAPE):
            for entry in _entries(piece.value, is_listed=bool(piece.path)):
                draft = self._draft(entry)
                if draft is not None:
                    self._count += 1
                    yield draft
        self._told.tell_repaired(self._repaired)
        if self._count:
            self._told.warnings.add("own_comments_only")

    def _draft(self, entry: Any) -> Draft | None:
        if isinstance(entry, list):
            return self._triple(entry)
        if "string_map_data" in entry or "string_list_data" in entry or "label_values" in entry:
            return self._from_instagram(entry)
        return self._from_facebook(entry)

    def _from_instagram(self, entry: dict[str, Any]) -> Draft | None:
        self._told.network = self._told.network or "instagram"
        fields = _fields(entry)
        shown = [(name, value) for name, value in fields if text_of(value.get("value")).strip()]
        said = next((value for name, value in shown if name in _COMMENT), None)
        if said is None and not any(name in _COMMENT for name, _ in fields):
            # A language of which the names are not known: the comment comes first.
            said = next((value for name, value in shown if name not in _OWNER and not _instant(value).at), None)
        instants = (_instant(value) for _, value in fields)
        written = next((found for found in instants if found.at), when(entry.get("timestamp")))
        return self._made(said.get("value") if said else "", "", written, ident(entry.get("fbid")))

    def _from_facebook(self, entry: dict[str, Any]) -> Draft | None:
        self._told.network = self._told.network or "facebook_page"
        # An entry alone in its file is known by its parts only.
        for node in listed(entry.get("data")) or [entry]:
            comment = inside(node, "comment")
            if comment:
                written = when(comment.get("timestamp", entry.get("timestamp")))
                return self._made(comment.get("comment"), comment.get("author"), written, ident(entry.get("fbid")))
        return self._made("", "", When(), "")

    def _triple(self, entry: list[Any]) -> Draft | None:
        """``[instant, text, whose media]``, as files were before 2021."""
        self._told.network = self._told.network or "instagram"
        said, *_ = (*entry[1:2], "")
        return self._made(said, "", when(entry[0] if entry else ""), "")

    def _made(self, said: Any, author: Any, written: When, own: str) -> Draft | None:
        text = self._right(text_of(said)).strip()
        if not text:
            self._told.warnings.add("no_text_at", position=self._count + 1)
            return None
        name = " ".join(self._right(text_of(author)[:400]).split())[:200]
        return Draft(Author(name, is_owner=True), text, written, own)

    def _right(self, text: str) -> str:
        found = repaired(text)
        self._repaired += found != text
        return clean(found)


def _entries(value: Any, *, is_listed: bool) -> list[Any]:
    """The entries of a page that was read whole, or the one that ``value`` is."""
    if isinstance(value, list):
        return [value] if value and not isinstance(value[0], dict | list) else [e for e in value if isinstance(e, dict)]
    if not isinstance(value, dict):
        return []
    if {"string_map_data", "string_list_data", "label_values"} & value.keys() or isinstance(value.get("data"), list):
        return [value]
    if isinstance(value.get("comment"), dict):
        # The only comment, without a list around it.
        return [value]
    if is_listed and not value.keys() & set(_LISTS):
        return [value]
    return [entry for name in _LISTS for entry in listed(value.get(name)) if isinstance(entry, dict)]


def _fields(entry: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Names of the fields in plain words, with what they hold; their letters were spoilt like those of the texts."""
    named = inside(entry, "string_map_data")
    if named:
        return [(normal_name(repaired(name)), value) for name, value in named.items() if isinstance(value, dict)]
    values = entry.get("label_values", entry.get("string_list_data"))
    return [
        (normal_name(repaired(text_of(value.get("label")))), value)
        for value in listed(values)
        if isinstance(value, dict)
    ]


def _instant(value: dict[str, Any]) -> When:
    return when(value.get("timestamp", value.get("timestamp_value")))
