"""What the rules on replies written by a model share: a model may have been given orders by the comment it read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from copilot.checks import Context, Draft
from copilot.checks._phrases import Page, compiled, page

#: Words too common to show that a text was copied.
_SMALL_WORDS = (
    "a au aux avec c ce ces cet cette ca d dans de des du elle en et eux il ils j je l la le les leur lui m ma mais me "
    "meme mes moi mon n ne nos notre nous on ou par pas plus pour qu que qui s sa se ses si son sur t ta te tes toi "
    "ton tu un une vos votre vous y est sont etes es ai as ont avez avons etre avoir merci bonjour svp "
    "an and are as at be but by for from has have he her his i if in is it its me my no not of or our she so that the "
)
#: Words a hit must have of its own for the brand's own words to vouch for it.
_ENOUGH = 2
_SMALL = frozenset(_SMALL_WORDS.split())
_WORD = re.compile(r"[^\W_]+")


def is_model_reply(draft: Draft) -> bool:
    """Whether a model wrote this reply; a person who edits it since is not thereby its author."""
    return draft.part == "reply" and draft.writer == "chain"


@lru_cache(maxsize=16)
def content_words(text: str) -> frozenset[str]:
    """The words of ``text`` that say something, folded and cut to six letters, so that forms of a word meet."""
    return frozenset(word[:6] for word in _WORD.findall(page(text).plain) if word not in _SMALL)


def own_words(context: Context) -> str:
    """What the brand vouches for, as one text: what others wrote in the thread is not in it."""
    told = [text for name, text in context.sources if name not in ("thread", "author")]
    if context.brand:
        told += [context.brand.name, context.brand.description, context.brand.voice.signature]
    return "\n".join(told)


def where_of(draft: Draft) -> Page:
    """The draft, folded."""
    return page(draft.text)


def unvouched(draft: Draft, context: Context, expression: str) -> Iterator[tuple[re.Match[str], int, int]]:
    """What ``expression`` finds in a model's reply, with its places there, that nobody stands behind.

    The brand's own words vouch for what they say as fully; a person confirms the rest by its quotation.
    """
    if not is_model_reply(draft):
        return
    where, ours = where_of(draft), content_words(own_words(context))
    for match in compiled(expression).finditer(where.plain):
        start, end = where.span(*match.span())
        quote = draft.text[start:end]
        told = content_words(quote)
        if quote not in context.confirmed and not (len(told) >= _ENOUGH and told <= ours):
            yield match, start, end
