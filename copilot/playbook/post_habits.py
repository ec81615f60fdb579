"""What people are used to on each network: how long a post reads well, how it is laid out."""

from __future__ import annotations

from dataclasses import dataclass

from copilot.domain.network import Network

MICRO, CAPTION, FEED, ARTICLE = "micro", "caption", "feed", "article"


@dataclass(frozen=True, slots=True)
class Habits:
    """Editorial habits, not limits. ``target`` is the length a post aims at, in characters.

    ``links`` is ``text`` (the link stands in the post), ``bio`` (named, never written) or ``none``.
    ``bullet`` begins a list item. ``structures`` is the order in which structures are proposed.
    """

    family: str
    target: int
    links: str = "text"
    bullet: str = "– "
    emoji: bool = True
    phone: bool = True
    comments: bool = False
    structures: tuple[str, ...] = ("announce", "question", "card", "list", "story", "essentials", "lead")


_MICRO_ORDER = ("announce", "question", "card", "list", "story", "lead")
_CAPTION_ORDER = ("question", "list", "story", "card", "announce", "lead")
_FEED_ORDER = ("announce", "question", "list", "card", "story", "lead")
_ARTICLE_ORDER = ("announce", "essentials", "question", "story", "card", "lead")

# Targets are the writer's house style: short enough to be read on a telephone, never a network's limit.
_HABITS = {
    "x": Habits(MICRO, 260, structures=_MICRO_ORDER),
    "bluesky": Habits(MICRO, 280, structures=_MICRO_ORDER),
    "threads": Habits(MICRO, 380, structures=_MICRO_ORDER),
    "mastodon": Habits(MICRO, 420, structures=_MICRO_ORDER),
    "snapchat": Habits(MICRO, 200, links="none", structures=_MICRO_ORDER),
    "instagram": Habits(CAPTION, 900, links="bio", comments=True, structures=_CAPTION_ORDER),
    "tiktok": Habits(CAPTION, 300, links="bio", structures=_CAPTION_ORDER),
    "pinterest": Habits(CAPTION, 400, links="none", structures=_CAPTION_ORDER),
    "facebook_page": Habits(FEED, 900, comments=True, structures=_FEED_ORDER),
    "linkedin": Habits(FEED, 1300, emoji=False, comments=True, structures=_FEED_ORDER),
    "telegram": Habits(FEED, 900, structures=_FEED_ORDER),
    "discord": Habits(FEED, 900, bullet="- ", structures=_FEED_ORDER),
    "google_business": Habits(FEED, 700, links="none", emoji=False, phone=False, structures=_FEED_ORDER),
    "youtube": Habits(ARTICLE, 1500, emoji=False, structures=_ARTICLE_ORDER),
    "reddit": Habits(ARTICLE, 2500, bullet="- ", emoji=False, structures=_ARTICLE_ORDER),
    "discourse": Habits(ARTICLE, 4000, bullet="- ", emoji=False, structures=_ARTICLE_ORDER),
    "newsletter": Habits(ARTICLE, 4000, emoji=False, structures=_ARTICLE_ORDER),
    "wordpress": Habits(ARTICLE, 6000, emoji=False, structures=_ARTICLE_ORDER),
}


def habits_of(network: Network) -> Habits:
    """The habits of a network; one added later takes those of its length."""
    known = _HABITS.get(network.id)
    if known:
        return known
    links = "text" if network.links_clickable else "bio"
    longest = network.limit("post").max
    if longest is not None and longest <= 600:
        return Habits(MICRO, max(longest - 30, longest * 3 // 4), links=links, structures=_MICRO_ORDER)
    if longest is None or longest > 20_000:
        return Habits(ARTICLE, 4000, links=links, emoji=False, structures=_ARTICLE_ORDER)
    return Habits(FEED, 900, links=links, structures=_FEED_ORDER)
