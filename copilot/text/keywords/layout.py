"""Which parts of a brief speak of its subject: greetings, signatures, mail headers and notes to the writer do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from copilot.text.lexicons import folded, words

_GREETING = re.compile(
    r"\s*(?:bonjour|bonsoir|salut|coucou|hello|hi|hey|dear|ch[eè]re?s?|madame|monsieur|good (?:morning|afternoon))\b"
    r"[^.!?:;,\n]{0,40}(?:[,!.]+\s*|$)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s*(?:--\s*$|[-–— ]*(?:merci(?: d['’]avance| beaucoup| bien| à (?:toi|tous|toutes|vous)| pour tout)?"
    r"(?: et (?:bonne|belle|à|bon) [^.!?\n]{0,25})?\s*[,.! ]*$"
    r"|(?:bien )?cordialement|bien à (?:vous|toi)|bises?\b|bisous|belle journée|bonne (?:journée|soirée|fin)"
    r"|à (?:bientôt|très vite|plus)\b|amitiés|sincères|salutations"
    r"|(?:many |kind |best |warm )?(?:thanks|thank you|regards|wishes|best)"
    r"(?: (?:so much|a lot|again|in advance))?\s*[,.!–-]"
    r"|(?:thanks|thank you|cheers|regards|best|see you|sincerely|yours|talk soon|all the best)\s*[^.:]{0,30}[,.!]*$))",
    re.IGNORECASE,
)
_MOST_OF_A_SIGNATURE = 300
_QUOTED = re.compile(r"\s*(?:>|-{3,}|_{3,}|={3,}|\|?\s*:?-{3,})")
_PRESS = re.compile(
    r"\s*(?:communiqué de presse|press release|pour diffusion|for immediate(?: release| use)?)\b"
    r"[^\n.–—:-]{0,25}(?P<dash>\s*[–—:-]+\s*)?",
    re.IGNORECASE,
)
#: Where and when a press release was written, or again that it is one.
_DATELINE = re.compile(r"(?:\d{4}\s*$|for immediate|embargo|diffusion)", re.IGNORECASE)
_KEY = re.compile(r"[\s#>*•·–—+-]*(?:\d+[.)]\s*)?\**(?P<key>[^\W\d_][^:\n.!?;]{0,38}?)\**\s*:\**(?=\s|$)")
_HEADING = re.compile(r"[\s>]*#+\s+")

#: The value of these lines is not for the public, or holds no subject.
ASIDE = words(
    "de from to cc cci bcc envoye sent date dates heure heures time times horaire horaires hours prix price prices "
    "tarif tarifs budget deadline delai echeance format longueur length lien liens link links url cta ton tone style "
    "eviter avoid interdit interdits forbidden contact contacts tel telephone phone mail mails email e-mail courriel "
    "reseau reseaux network networks canal canaux channel channels langue language visuel visuels visual visuals photo "
    "photos image images video videos media medias signature validation statut status priorite priority code codes "
    "salutation reply-to piece pieces attachment attachments note notes rappel reminder ps consigne consignes "
    "instruction instructions embargo"
)
#: The value of these lines is the subject.
_SUBJECT = words(
    "objet subject sujet re fwd tr titre title produit produits product products evenement event nom name marque brand "
    "client theme themes topic campagne campaign operation lancement launch what quoi nouveaute news ville city "
    "entreprise company association organisation organization structure projet project service services lieu place "
    "venue where ou exposition spectacle concert festival atelier formation course artiste artist"
)
#: The value of these lines is who reads.
_AUDIENCE = words("cible cibles public publics audience target targets profil readers lecteurs destinataires")
_REFUSED = words("pas ne not never don't jamais interdit interdits sans dire dit without")
_ASIDES_IN = words("eviter avoid interdit interdits lien link cta action prix price contact ton tone appel")


@dataclass(frozen=True, slots=True)
class Piece:
    """``text[start:end]``, one line or the rest of one, and how much it speaks of the subject (0 is ordinary)."""

    start: int
    end: int
    weight: float


def pieces(text: str) -> Iterator[Piece]:
    """The lines of ``text`` that speak of its subject, in their order."""
    lines = text.split("\n")
    left = len(text)
    start = 0
    spoken = 0
    several = sum(1 for line in lines if line.strip()) > 1 if len(lines) < 400 else True
    for line in lines:
        end = start + len(line)
        left = len(text) - end
        if line and not line.isspace():
            if spoken and left <= _MOST_OF_A_SIGNATURE and len(line) <= 60 and _CLOSING.match(line):
                return
            piece = _piece(text, line, start, end, first=not spoken and several)
            if piece:
                spoken += 1
                yield piece
        start = end + 1


def _piece(text: str, line: str, start: int, end: int, *, first: bool) -> Piece | None:
    if _QUOTED.match(line):
        return None
    press = _PRESS.match(line)
    if press and press["dash"] and not _DATELINE.search(line, press.end()):
        return Piece(start + press.end(), end, 0.3)
    if press and len(line) < 80:
        return None
    greeting = _GREETING.match(line)
    if greeting:
        start += greeting.end()
        if start >= end:
            return None
    key = _KEY.match(text, start, end)
    if key and key.end() < end:
        return _keyed(key, end)
    heading = _HEADING.match(line)
    if heading:
        return Piece(start + heading.end() if not greeting else start, end, 1.0 if first else 0.2)
    if first and not greeting and len(line) <= 90 and not line.rstrip().endswith((".", ":", ",", ";")):
        return Piece(start, end, 0.9)
    return Piece(start, end, 0.25 if first else 0.0)


def _keyed(key: re.Match[str], end: int) -> Piece | None:
    """A line ``key: value``: without its key when that one is known, or not at all."""
    parts = folded(key["key"]).replace("'", " ").replace("’", " ").split()
    if len(parts) > 5:
        return Piece(key.start(), end, 0.0)
    if any(part in _REFUSED for part in parts) or any(part in _ASIDES_IN for part in parts[:3]):
        return None
    if parts and parts[0] in ASIDE:
        rest = key.string.find(". ", key.end(), end)
        return Piece(rest + 2, end, 0.0) if rest >= 0 else None
    if parts and parts[0] in _AUDIENCE:
        return Piece(key.end(), end, -0.15)
    if len(parts) <= 2 and any(part in _SUBJECT for part in parts):
        return Piece(key.end(), end, 0.8 if len(parts) == 1 else 0.4)
    return Piece(key.start(), end, 0.0)
