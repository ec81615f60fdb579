"""A thread copied from a browser and pasted: Facebook, Instagram, LinkedIn, YouTube, X, or plain lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from copilot.domain.conversation import Author
from copilot.importers._decoding import clean
from copilot.importers.threads._dates import When, parse_when, zone_of
from copilot.importers.threads._fields import author_of
from copilot.importers.threads._linking import MAX_SHOWN, Draft, Warnings
from copilot.importers.threads._paste_blocks import Block, cut, has_grammar, post_text, split_post, words_above
from copilot.importers.threads._paste_lines import BUTTON, Kind, Line, classify, joined, mark_month_days, pinned_by
from copilot.importers.threads._paste_nesting import nest
from copilot.importers.threads._source import Head, Report, Source
from copilot.importers.threads._texts import mended

NAME = "pasted"

#: Lines and characters of a paste that are read: past them, it is no paste.
MAX_LINES, MAX_CHARS = 300_000, 12_000_000

#: A page or a feed is no paste: its tags are nobody's words.
_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|html|rss|feed|svg)\b", re.I)

#: "… Voir plus": the network showed the beginning of the text only.
_CUT_TEXT = re.compile(
    r"(?:…|\.\.\.)\s*(?:en voir plus|voir plus|afficher plus|lire la suite|see more|show more|read more|more)$", re.I
)
_SPEAKER = re.compile(r"(?P<name>@?[^\s:/@][^:/\n]{0,39}?)[ \xa0\u202f]?:[ \xa0\u202f]+(?P<text>\S.*)")
_NAME_SHAPE = re.compile(r"(?:@[\w.\-]+|[^\W\d_][\w.’'\-]*(?: [^\W\d_][\w.’'\-]*){0,3})")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: Words that open a sentence with a colon and are nobody's name.
_NOT_NAMES = frozenset(
    (
        *("question", "réponse", "reponse", "bonjour", "bonsoir", "hello", "info", "infos", "attention", "note", "nb"),
        *("ps", "re", "prix", "tel", "tél", "horaires", "rappel", "exemple", "http", "https"),
        *("answer", "price", "hours", "warning", "reminder", "example", "update", "edit"),
    )
)


def sniff(head: Head) -> float:
    """Fair for text with a network's times and buttons, low for any other text: the last resort."""
    if head.members or _MARKUP.match(head.text):
        return 0.0
    lines = [classify(raw, number) for number, raw in enumerate(head.text[:20_000].split("\n"), start=1)]
    return 0.7 if has_grammar(lines) else 0.3


def read(source: Source, told: Report, *, captured_at: datetime) -> Iterator[Draft]:
    """Messages in the order of the paste. Likes and buttons are dropped; ``3 h`` stays in its words.

    Without times or buttons, ``Nom : texte`` lines, then blocks between blank lines, then single lines are
    the messages. A paste is read whole: what follows the first :data:`MAX_LINES` lines is left out, and told.
    """
    lines = _lines(source, told)
    post, comments = split_post(lines)
    if has_grammar(comments):
        told.post_text = post_text(post)
        blocks = cut(comments)
        if left := words_above(comments, blocks):
            told.warnings.add("text_above", line=left[0].number, shown=left[0].text[:MAX_SHOWN])
        yield from _drafts(blocks, told.warnings, pinned_by(comments), captured_at)
    else:
        yield from _conversation(lines) or _paragraphs(lines, told.warnings)


def _lines(source: Source, told: Report) -> list[Line]:
    raw_lines: list[str] = []
    chars = 0
    for raw in source.lines():
        raw_lines += clean(mended(raw)).split("\n")
        chars += len(raw)
        if len(raw_lines) > MAX_LINES or chars > MAX_CHARS:
            told.truncated = True
            told.warnings.add("truncated", line=len(raw_lines))
            break
    lines = [classify(raw, number) for number, raw in enumerate(joined(raw_lines), start=1)]
    mark_month_days(lines)
    return lines


def _drafts(blocks: Sequence[Block], warnings: Warnings, owners: set[str], captured_at: datetime) -> list[Draft]:
    drafts, kept = [], []
    # Of a review without a word only what the owner answers is left: it is to nobody else.
    is_review_lost = False
    for block in blocks:
        text, was_cut = _text(block.lines)
        if was_cut or (block.has_more and text.endswith("…")):
            warnings.add("cut_text", line=block.number)
        if not text:
            warnings.add("no_text", line=block.number)
            is_review_lost = is_review_lost or not block.is_owner_answer
            continue
        if block.is_owner_answer:
            block.is_owner_answer = not is_review_lost
        else:
            is_review_lost = False
        author = author_of(block.name, block.handle, is_owner=block.is_owner or _is_one(block, owners))
        draft = Draft(author, text, _when(block.time, captured_at), line=block.number)
        # A paste says that a message was changed, not when: before it was copied.
        draft.edited_at = captured_at.astimezone(UTC) if block.is_edited else None
        drafts.append(draft)
        kept.append(block)
    _mark_owners_everywhere(drafts)
    nest(drafts, kept)
    _tell_missing(drafts, kept, warnings)
    return drafts


def _when(shown: str, captured_at: datetime) -> When:
    """A day with its year is one; any other time stays as the network prints it."""
    found = parse_when(shown, zone_of(captured_at)) if _YEAR.search(shown) else None
    return found if found and found.at else When(words=shown or None)


def _tell_missing(drafts: Sequence[Draft], blocks: Sequence[Block], warnings: Warnings) -> None:
    """Say of each message how many of the replies that the network told of were not copied."""
    came = Counter(draft.above for draft in drafts)
    some = 0
    for place, block in enumerate(blocks):
        missing = block.folded or max(0, block.counted - came[place] - block.replies)
        if missing > 0:
            warnings.add("partial_replies", count=missing, message=place + 1)
        some += missing < 0
    if some:
        warnings.add("replies_missing", count=some)


def _is_one(block: Block, owners: set[str]) -> bool:
    return not owners.isdisjoint((block.name.casefold(), block.handle.lstrip("@").casefold()))


def _text(lines: Sequence[Line]) -> tuple[str, bool]:
    """The words of a message, its ``Voir plus`` and other buttons left out; whether it was cut short."""
    was_cut = False
    kept: list[str] = []
    for line in lines:
        if line.kind is Kind.BUTTON or (line.kind is Kind.WORDS and BUTTON.fullmatch(line.text)):
            was_cut = was_cut or bool(kept and kept[-1].endswith("…"))
            continue
        shown = line.text
        found = _CUT_TEXT.search(shown[-40:])
        if found:
            was_cut = True
            shown = shown[: len(shown) - len(found.group())] + "…"
        if shown == "…" and kept:
            kept[-1] = f"{kept[-1].rstrip(' …')}…"
            continue
        kept.append(shown)
    return "\n".join(kept).strip("\n"), was_cut


def _mark_owners_everywhere(drafts: Sequence[Draft]) -> None:
    """Who is marked as the author of the post once is so in every message."""
    owners = {(draft.author.name, draft.author.handle) for draft in drafts if draft.author.is_owner} - {("", "")}
    for draft in drafts:
        if (draft.author.name, draft.author.handle) in owners:
            draft.author = replace(draft.author, is_owner=True)


def _conversation(lines: Sequence[Line]) -> list[Draft]:
    """``Nom : texte`` lines, each with the lines that go on after it; empty when the paste is not that."""
    shown = [line for line in lines if line.kind is not Kind.BLANK]
    spoken = [_speaker(line.text) for line in shown]
    opened = [found for found in spoken if found]
    if not opened or not spoken[0] or len(opened) * 2 < len(shown):
        return []
    if len(opened) == 1 and not _is_full_name(opened[0][0]):
        return []
    drafts: list[Draft] = []
    for line, found in zip(shown, spoken, strict=True):
        if found:
            drafts.append(Draft(author_of(found[0], ""), found[1], line=line.number))
        else:
            drafts[-1].text += "\n" + line.text
    return drafts


def _speaker(text: str) -> tuple[str, str] | None:
    found = _SPEAKER.match(text[:200])
    if not found:
        return None
    name = found["name"].strip()
    if not _NAME_SHAPE.fullmatch(name) or name.casefold() in _NOT_NAMES or not (name[0].isupper() or name[0] == "@"):
        return None
    return name, text[found.start("text") :]


def _is_full_name(name: str) -> bool:
    words = name.split()
    return name.startswith("@") or (len(words) > 1 and all(word[0].isupper() for word in words))


def _paragraphs(lines: Sequence[Line], warnings: Warnings) -> list[Draft]:
    """Blocks between blank lines, each a message; without blank lines, one line each. That is a guess, and told."""
    groups: list[list[Line]] = [[]]
    for line in lines:
        if line.kind is Kind.BLANK:
            groups.append([])
        else:
            groups[-1].append(line)
    groups = [group for group in groups if group]
    if len(groups) == 1:
        if len(groups[0]) > 1:
            warnings.add("messages_guessed")
        return [Draft(Author(), line.text, line=line.number) for line in groups[0]]
    if all(len(group) > 1 and _is_name_line(group[0].text) for group in groups):
        return [
            Draft(author_of(group[0].text, ""), "\n".join(line.text for line in group[1:]), line=group[0].number)
            for group in groups
        ]
    if groups:
        warnings.add("messages_guessed")
    return [Draft(Author(), "\n".join(line.text for line in group), line=group[0].number) for group in groups]


def _is_name_line(text: str) -> bool:
    return len(text) <= 40 and _NAME_SHAPE.fullmatch(text) is not None and (text[0].isupper() or text[0] == "@")
