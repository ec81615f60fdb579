"""What a brief says to whoever writes before it says its news: requests for a post, words that hand news over."""

from __future__ import annotations

import re

from copilot.playbook.post_lexicon import both, fold

#: ``Voici le contenu de l'offre : une nuit au lac`` hands the night over.
_HANDED_OVER = re.compile(
    r"(?:(?:suite [àa]|comme) [^,:.\n]{3,50},? )?"
    r"(?:je (?:te|t['’]|vous|vous re|te re)\s?(?:re)?(?:transmets|envoie|mets|donne)"
    r"|(?:une? |le |la |a |one )?(?:petite? |quick |small )?"
    r"(?:posts?|publi(?:cation)?s?|story|stories|reels?|tweets?)\b(?! de )"
    r"|voici|voil[àa]|ci-dessous|here(?:['’]s| is| are)|below (?:is|are)|please find(?: below)?)"
    r"\b[^:.!?\n]{0,90}\s?:\s+(?=\S)",
    re.IGNORECASE,
)


def without_handing_over(text: str) -> str:
    """The news of a sentence that first says it hands news over."""
    match = _HANDED_OVER.match(text[:200])
    return text[match.end() :] if match and len(text) - match.end() > 20 else text


#: ``un post pour LinkedIn avant jeudi`` asks for a post and says nothing of its topic.
_NOT_A_TOPIC = re.compile(
    r"(?:l[ea]s? |nos |notre |our |the )?(?:réseaux|linkedin|facebook|insta|twitter|x\b|tiktok|threads|bluesky|"
    r"mastodon|socials?\b|page\b|demain|avant|before|by\b|tomorrow|(?:lun|mar|mercre|jeu|vendre|same)di\b|dimanche\b|\w+day\b)",
    re.IGNORECASE,
)
_POLITE = re.compile(r",? (?:stp|svp|s'il te plaît|please|pls)$", re.IGNORECASE)
_ASKED_ABOUT = (
    (re.compile(r"^(?:du|au)\s+", re.IGNORECASE), "le "),
    (re.compile(r"^(?:des|aux)\s+", re.IGNORECASE), "les "),
    (re.compile(r"^(?:de|à|sur)\s+(?=la\b|l['’]|notre|nos|le\b|les\b|une?\b)", re.IGNORECASE), ""),
    (re.compile(r"^d['’](?=une?\b)", re.IGNORECASE), ""),
)


def without_request(text: str) -> str:
    """``Il nous faudrait un post sur le marché`` gives ``le marché``: what the request is about."""
    for lexicon in both():
        for pattern in lexicon.requests:
            match = pattern.match(text)
            if match and len(text) - match.end() > 8:
                rest = text[match.end() :]
                if _NOT_A_TOPIC.match(rest):
                    return text
                for before, after in _ASKED_ABOUT:
                    rest = before.sub(after, rest, count=1)
                return _POLITE.sub("", rest.strip().rstrip(" ?"))
    return text


def has_verb_start(text: str) -> bool:
    """Requests may go on with a clause (``que nous fermons``): not a title then."""
    return fold(text[:12]).startswith(("que ", "qu'", "that ", "nous ", "we ", "on "))
