"""One text for another network: its own sentences, links and names as that network takes them, no more than fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from copilot.domain.network import Network
from copilot.playbook.post_habits import habits_of
from copilot.playbook.post_lexicon import post_lexicon
from copilot.playbook.post_links import is_link, with_links
from copilot.playbook.post_typography import spelled_for
from copilot.playbook.shortening import fitted

_MENTION = re.compile(r"(?<![\w@/.])@([\w.-]*\w)(@[\w.-]*\w)?")


def adapted(
    text: str,
    language: str,
    tags: int,
    fits: Callable[[str, int], bool],
    *,
    source: Network,
    target: Network,
    accounts: Mapping[str, str],
    signature: str = "",
) -> tuple[str, int]:
    """``text`` as it can go out on ``target``, and how many of its ``tags`` hashtags fit with it.

    Whole sentences go until it fits. Links are named where the network does not write them; ``@names`` of another
    network become ordinary names, our own account its account there.

    Args:
        text: what was written for ``source``.
        language: ``fr`` or ``en``.
        tags: how many hashtags there are, in order of worth.
        fits: whether a text fits with that many of them.
        source: where ``text`` was to go.
        target: where it is to go.
        accounts: the brand's account on each network, by network id.
        signature: the brand's signature, kept as long as anything else can go.
    """
    if target.id != source.id:
        text = _renamed(text, accounts.get(source.id, ""), accounts.get(target.id, ""))
    words = post_lexicon(language).words
    manner = habits_of(target).links
    if manner != "text":
        text = _linked(text, manner, words)
    if not target.line_breaks:
        text = " ".join(text.split("\n"))
    return fitted(spelled_for(target, text), language, tags, fits, signature=signature)


def _renamed(text: str, own: str, there: str) -> str:
    """``text`` whose mentions no longer call anybody, but our own account under its name of that network."""
    mine = own.lstrip("@").casefold()
    our_name = there if " " in there else f"@{there.lstrip('@')}"

    def name(match: re.Match[str]) -> str:
        return our_name if there and mine == match.group().lstrip("@").casefold() else match[1]

    return _MENTION.sub(name, text)


def _linked(text: str, manner: str, words: Mapping[str, str]) -> str:
    """Links as the network takes them; a line that held nothing else goes, a line without link is not touched."""
    lines = []
    for line in text.split("\n"):
        held = any(map(is_link, line.split(" ")))
        shown = with_links(line, manner, words) if held else line
        if shown.strip() or not held:
            lines.append(shown)
    return "\n".join(lines)
