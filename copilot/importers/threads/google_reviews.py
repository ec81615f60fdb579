"""Google reviews: the Business Profile interface, its archive, and the reviews of a place on the map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from copilot.domain.conversation import Author
from copilot.importers.threads._dates import When
from copilot.importers.threads._fields import rating
from copilot.importers.threads._json_fields import (
    edited,
    finished,
    ident,
    inside,
    is_json,
    names,
    one_line,
    text_of,
    verbatim,
    web_link,
    when,
    whole,
    with_id,
    yes,
)
from copilot.importers.threads._json_pages import WRAPPERS, Shape, pieces
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._source import Head, Report, Source

NAME = "google_reviews"
EXTENSIONS = (".json", ".jsonl", ".ndjson")

_SHAPE = Shape(frozenset(("reviews", "locationReviews")), through=WRAPPERS, page_through=WRAPPERS)
_STARS = re.compile(r'"starRating"\s*:\s*"?(?:ONE|TWO|THREE|FOUR|FIVE|STAR_RATING_UNSPECIFIED|[1-5]\b)')

#: What Google writes above its translation, and above the words of the person, in five languages.
_TRANSLATED = r"Translated by Google|Traduit par Google|Traducido por Google|Übersetzt von Google|Tradotto da Google"
_ORIGINAL = r"Original|Avis d['’]origine|Texte d['’]origine|Originale|Texte original|Originaltext|Texto original"
_MARK = re.compile(rf"^[ \t]*\((?:(?P<translated>{_TRANSLATED})|(?P<original>{_ORIGINAL}))\)[ \t]*", re.I | re.M)


def sniff(head: Head) -> float:
    """Sure of stars written as these interfaces do; fairly sure of the reviews of a place."""
    start = head.text
    if head.members or not is_json(start):
        return 0.0
    if _STARS.search(start) or names(start, "reviewReply") or names(start, "reviewer", "starRating") > 1:
        return 0.97
    if names(start, "reviewId") and names(start, "reviewer"):
        return 0.96
    of_place = names(start, "author_name", "relative_time_description", "profile_photo_url") > 1
    return 0.95 if names(start, "authorAttribution") or (of_place and names(start, "rating")) else 0.0


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """Reviews in the order of the file, each before the owner's reply to it.

    Raises:
        UserError: ``thread.truncated``, ``thread.malformed``, ``thread.too_deep``.
    """
    told.network = told.network or "google_business"
    return finished(_Reviews(told).read(source), told)


class _Reviews:
    def __init__(self, told: Report) -> None:
        self._told = told
        self._count = self._silent = self._total = 0
        self._has_next = False

    def read(self, source: Source) -> Iterator[Draft]:
        for piece in pieces(source, self._told, _SHAPE):
            self._tell_place(piece.page)
            value = inside(piece.value, "review") or piece.value
            if _is_review(value):
                yield from self._drafts(value)
            elif not piece.path and isinstance(value, dict):
                self._tell_page(value)
        if self._silent:
            self._told.warnings.add("ratings_only", count=self._silent)
        if self._has_next or self._total > self._count:
            self._told.warnings.add("more_pages")

    def _tell_place(self, page: Any) -> None:
        """The name of the place, when the file says it: also that of who answers."""
        if self._told.title or not isinstance(page, dict) or _is_review(page):
            return
        place = inside(page, "result") or page
        found = (one_line(place.get(key)) for key in ("displayName", "title", "locationName", "name"))
        self._told.title = next((name for name in found if name and "/" not in name), "")

    def _tell_page(self, page: dict[str, Any]) -> None:
        self._has_next = bool(text_of(page.get("nextPageToken")))
        self._total = max(self._total, whole(page.get("totalReviewCount")) or 0)

    def _drafts(self, review: dict[str, Any]) -> Iterator[Draft]:
        self._count += 1
        stars = rating(text_of(review.get("starRating")) or text_of(review.get("rating")))
        # A translation comes under "text", what was written under "originalText".
        said = text_of(review.get("comment")) or text_of(review.get("originalText")) or text_of(review.get("text"))
        text = original(verbatim(said))
        if not text and not stars:
            self._told.warnings.add("no_text_at", position=self._count)
            return
        self._silent += not text
        path = ident(review.get("name"))
        self._told.origin = self._told.origin or path.partition("/reviews/")[0]
        written = _written(review)
        reply = inside(review, "reviewReply")
        draft = Draft(
            _reviewer(review),
            text,
            written,
            ident(review.get("reviewId")) or path.rpartition("/")[2],
            rating=stars or None,
            edited_at=edited(review.get("updateTime"), written),
            link=web_link(review.get("googleMapsUri")),
        )
        draft = with_id(draft, [reply] if reply else [])
        yield draft
        answer = original(verbatim(reply.get("comment")))
        if answer:
            owner = Author(self._told.title, is_owner=True)
            yield Draft(owner, answer, when(reply.get("updateTime")), f"{draft.id}/reply", draft.id)


def original(text: str) -> str:
    """What the person wrote, without Google's translation above or below it."""
    marks = list(_MARK.finditer(text))
    for place, mark in enumerate(marks):
        if mark["original"]:
            end = marks[place + 1].start() if place + 1 < len(marks) else len(text)
            kept = text[mark.end() : end].strip()
            if kept:
                return kept
    if not marks or not marks[0]["translated"]:
        return text
    return text[: marks[0].start()].strip() or text[marks[0].end() :].strip()


def _is_review(value: Any) -> bool:
    return isinstance(value, dict) and bool(
        {"starRating", "reviewer", "reviewId", "authorAttribution", "author_name", "reviewReply"} & value.keys()
    )


def _written(review: dict[str, Any]) -> When:
    for key in ("createTime", "publishTime", "time", "updateTime"):
        found = when(review.get(key))
        if found.at:
            return found
    shown = review.get("relativePublishTimeDescription", review.get("relative_time_description"))
    return When(words=one_line(shown, 80) or None)


def _reviewer(review: dict[str, Any]) -> Author:
    person = inside(review, "reviewer") or inside(review, "authorAttribution")
    if yes(person.get("isAnonymous")):
        return Author()
    return Author(one_line(person.get("displayName")) or one_line(review.get("author_name")))
