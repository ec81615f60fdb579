"""Which network an address is of."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

#: Networks by the domain they answer at.
_NETWORKS = {
    "facebook.com": "facebook_page",
    "fb.com": "facebook_page",
    "fb.watch": "facebook_page",
    "instagram.com": "instagram",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "tiktok.com": "tiktok",
    "linkedin.com": "linkedin",
    "twitter.com": "x",
    "x.com": "x",
    "threads.net": "threads",
    "threads.com": "threads",
    "reddit.com": "reddit",
    "redd.it": "reddit",
    "bsky.app": "bluesky",
    "pinterest.com": "pinterest",
    "pinterest.fr": "pinterest",
    "pin.it": "pinterest",
    "snapchat.com": "snapchat",
    "t.me": "telegram",
    "discord.com": "discord",
    "g.page": "google_business",
    "business.google.com": "google_business",
    "maps.google.com": "google_business",
    "maps.app.goo.gl": "google_business",
}
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]{3,500}", re.I)


def address_in(text: str) -> str:
    """The first address of the web in ``text``, empty without one."""
    found = _ADDRESS.search(text[:2000])
    return found[0] if found else ""


def network_of(address: str) -> str:
    """The network whose page ``address`` is, empty for any other page."""
    shown = address if "://" in address else f"https://{address}"
    try:
        host = (urlsplit(shown).hostname or "").rstrip(".").lower()
    except ValueError:
        # Brackets that are no IPv6 address.
        return ""
    labels = host.split(".")
    # m.facebook.com, fr.linkedin.com: the ends of the name, the longest first.
    ends = (".".join(labels[place:]) for place in range(len(labels) - 1))
    return next((_NETWORKS[end] for end in ends if end in _NETWORKS), "")
