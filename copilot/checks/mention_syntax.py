"""A mention written as another network writes it: it names nobody here, or somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.network import Network
from copilot.domain.wording import Wording
from copilot.text.measure.links import find_links, top_level_domains

NAME = "mention_syntax"
SEVERITY = Severity.WARNS

#: Enough to show.
MOST = 30

_NAME = "[A-Za-z0-9_]"
# One expression, each kind by its name; what comes first wins where several begin.
_MENTION = re.compile(
    r"(?P<discord><(?:@[!&]?|\#)[0-9]{1,20}>)"
    r"|(?P<linkedin>@\[[^\[\]\n]{1,200}\]\(urn:li:[A-Za-z]{1,30}:[A-Za-z0-9_-]{1,80}\))"
    r"|(?P<facebook>@\[[0-9]{1,30}(?::[^\[\]\n]{0,100})?\])"
    r"|(?P<reddit>(?<![\w/.:@])/?u/[A-Za-z0-9_-]{3,20}(?![\w/-]))"
    rf"|(?<![\w/.@#])@(?P<mastodon>{_NAME}(?:[A-Za-z0-9_.-]{{0,60}}{_NAME})?@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,5}})"
    rf"|(?<![\w/.@#])@(?P<dotted>[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,5}})(?![\w@])"
    rf"|(?<![\w/.@#])@(?P<plain>{_NAME}[A-Za-z0-9_.-]{{0,60}}{_NAME}|{_NAME})(?![\w@])"
)
#: Where each way of writing names somebody.
_HOMES = {
    "discord": frozenset({"discord"}),
    "linkedin": frozenset({"linkedin"}),
    "facebook": frozenset({"facebook_page"}),
    "reddit": frozenset({"reddit"}),
    "mastodon": frozenset({"mastodon"}),
    "dotted": frozenset({"bluesky"}),
}
_LABELS = {
    "discord": "Discord",
    "linkedin": "LinkedIn",
    "facebook": "Facebook",
    "reddit": "Reddit",
    "mastodon": "Mastodon",
    "dotted": "Bluesky",
}
#: Networks whose names hold dots: only a name of Bluesky's own server is surely one of Bluesky's.
_WITH_DOTS = frozenset({"instagram", "threads", "tiktok", "youtube", "snapchat", "discourse", "mastodon"})
#: Where ``@name`` names nobody, or not without being chosen in a list.
_NAMES_NOBODY = frozenset({"discord", "bluesky", "reddit", "linkedin", "facebook_page"})
_DISCORD_CALLS = frozenset({"everyone", "here"})
_TOO_LONG_ON_X = re.compile("[A-Za-z0-9_]{16}")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of a mention that belongs elsewhere; advises of ``@name`` where that names nobody."""
    text = draft.text
    if "@" not in text and "u/" not in text and "<#" not in text:
        return
    links = [(link.start, link.end) for link in find_links(text)] if "/" in text else []
    own = _own_names(context, draft.network)
    left = MOST
    for match in _MENTION.finditer(text):
        kind = match.lastgroup or ""
        while links and links[0][1] <= match.start():
            del links[0]
        if links and links[0][0] < match.start():
            continue
        found = _trouble(kind, match[kind], draft.network)
        if found is None or match.group().lstrip("@").casefold() in own:
            continue
        if not left:
            return
        left -= 1
        key, severity = found
        shown = match.group()
        params = {"shown": shown[:60], "from": _LABELS.get(kind, ""), "network": draft.network.label}
        params["example"] = draft.network.mentions.example
        yield Finding(NAME, severity, match.start(), match.end(), Wording(key, params), shown)


def _own_names(context: Context, network: Network) -> frozenset[str]:
    """The brand's own account there is what the person told it is."""
    account = context.brand.accounts.get(network.id, "") if context.brand else ""
    return frozenset({account.lstrip("@").casefold()} - {""})


def _trouble(kind: str, name: str, network: Network) -> tuple[str, Severity] | None:
    if kind == "plain":
        return _plain_trouble(name, network)
    if network.id in _HOMES[kind]:
        return None
    if kind == "dotted" and not _is_of_bluesky(name, network):
        return _plain_trouble(name, network) if network.id in ("discord", "reddit") else None
    return "check.mention_syntax", SEVERITY


def _is_of_bluesky(name: str, network: Network) -> bool:
    if name.lower().endswith(".bsky.social"):
        return True
    last = name.rsplit(".", 1)[1]
    return network.id not in _WITH_DOTS and last.islower() and last in top_level_domains()[0]


def _plain_trouble(name: str, network: Network) -> tuple[str, Severity] | None:
    if network.id == "x" and _TOO_LONG_ON_X.match(name):
        return "check.mention_syntax.too_long", Severity.ADVISES
    if network.id not in _NAMES_NOBODY or (network.id == "discord" and name in _DISCORD_CALLS):
        return None
    # Nobody has a name of figures alone: "@ 12" is a price or an hour.
    return None if name.isdigit() else ("check.mention_syntax.nobody", Severity.ADVISES)


BAD = {
    "fr": (
        Sample("Merci à @musee@social.exemple.fr", network="x"),
        Sample("Merci à u/atelier_lune", network="instagram"),
        Sample("Merci à <@482915530217>", network="mastodon"),
        Sample("Merci à @[Vélo](urn:li:organization:12)", network="facebook_page"),
        Sample("Merci à @velo.bsky.social", network="instagram"),
        Sample("Merci à @velo.exemple.fr", network="x"),
        Sample("Merci à @velo_lyon", network="discord"),
        Sample("Merci à @velo_lyon", network="bluesky"),
        Sample("Merci à @[123456]", network="threads"),
        Sample("Merci à @association_du_velo_lyonnais", network="x"),
    ),
    "en": (Sample("Thanks to /u/velo_lyon and <#12345>", network="linkedin", language="en"),),
}
GOOD = {
    "fr": (
        Sample("Merci à @velo_lyon, @autre. Écrivez à contact@exemple.fr", network="x"),
        Sample("Merci à @musee@social.exemple.fr et @velo", network="mastodon"),
        Sample("Merci à @velo.bsky.social, @musee.fr", network="bluesky"),
        Sample("Merci à <@482915530217>, @everyone", network="discord"),
        Sample("Merci à @[Vélo](urn:li:organization:12)", network="linkedin"),
        Sample("Merci à @nom.de.marque", network="instagram"),
        Sample("Voir https://www.reddit.com/u/velo_lyon et https://mastodon.social/@velo@piaille.fr", network="x"),
    ),
    "en": (Sample("Thanks to u/velo_lyon and r/bikes; open 24/7, w/out a ticket", network="reddit", language="en"),),
}
