"""Which column or key holds what, in French and English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from copilot.domain.conversation import Author

#: For each part of a message, the names it goes by, the surest first.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "text": (
        "text",
        "texte",
        "message",
        "comment",
        "commentaire",
        "comment text",
        "texte du commentaire",
        "contenu",
        "content",
        "body",
        "review",
        "avis",
        "texte de l avis",
        "review content",
        "review text",
        "textoriginal",
        "textdisplay",
    ),
    "author": (
        "author",
        "auteur",
        "auteure",
        "name",
        "nom",
        "author name",
        "nom de l auteur",
        "display name",
        "from",
        "user",
        "utilisateur",
        "consumer name",
        "reviewer",
        "client",
        "username",
        "pseudo",
        "user name",
        "nom d utilisateur",
    ),
    "handle": (
        "handle",
        "username",
        "user name",
        "pseudo",
        "nom d utilisateur",
        "screen name",
        "identifiant utilisateur",
        "acct",
        "author handle",
    ),
    "date": (
        "date",
        "created at",
        "created",
        "created time",
        "timestamp",
        "publie le",
        "publie",
        "cree le",
        "cree",
        "date de publication",
        "published at",
        "published",
        "date heure",
        "datetime",
        "publishedat",
        *("review created", "review date", "date de l avis", "date du commentaire", "comment date", "date created"),
        *("posted at", "posted", "poste le", "date et heure"),
    ),
    "clock": ("heure", "time", "hour"),
    "id": (
        "id",
        "comment id",
        "message id",
        "identifiant",
        "id commentaire",
        "id du commentaire",
        "review id",
        "external id",
        "uid",
        "no",
    ),
    "parent": (
        "parent",
        "parent id",
        "parent comment id",
        "id parent",
        "in reply to",
        "in reply to id",
        "reply to",
        "reponse a",
        "en reponse a",
        "repond a",
        "commentaire parent",
    ),
    "rating": ("rating", "note", "stars", "etoiles", "review stars", "starrating", "note sur 5"),
    "likes": (
        *("likes", "like count", "likecount", "j aime", "jaime", "mentions j aime", "reactions", "reaction count"),
        *("votes", "score", "upvotes", "nombre de j aime", "nb likes", "comment likes"),
    ),
    "edited": ("edited", "edited at", "modifie le", "modifie", "updated at", "date de modification", "updatedat"),
    "deleted": ("deleted", "is deleted", "supprime", "removed"),
    "hidden": ("hidden", "is hidden", "masque", "cache"),
    "reply": (
        *("owner reply", "owner response", "company reply", "business reply", "reply content", "review reply"),
        *("reponse du proprietaire", "reponse de l entreprise", "reponse de la marque", "texte de la reponse"),
        *("reply", "response", "reponse"),
    ),
    "title": ("review title", "titre de l avis", "titre avis", "comment title", "titre du commentaire"),
    "reply_date": (
        *("owner reply date", "company reply date", "reply date", "response date", "owner response date"),
        *("date de la reponse", "date de reponse", "reponse le"),
    ),
    "owner": ("is owner", "owner", "from brand", "is brand", "marque", "est la marque", "proprietaire"),
}

#: Columns of what points at a person: counted, never read.
PERSONAL = frozenset(
    (
        *("email", "e mail", "mail", "courriel", "adresse e mail", "adresse email", "author email", "user email"),
        *("ip", "ip address", "adresse ip", "author ip", "phone", "telephone", "tel", "phone number", "mobile"),
        *("profile url", "profile link", "profil url", "url du profil", "lien du profil", "user url", "author url"),
        *("profile id", "user profile", "avatar", "avatar url", "profile picture", "photo de profil"),
    )
)

#: Keys that hold a list of messages, or of the replies to one.
REPLY_KEYS = frozenset(("replies", "reponses", "children", "comments", "commentaires", "enfants"))
LIST_KEYS = frozenset(("messages", "comments", "commentaires", "items", "data", "thread", "fil"))

_WORD_BREAK = re.compile(r"[\W_]+")
#: What follows the name of a column of times.
_UNIT = re.compile(r"(?<=\w) (?:utc|gmt)$")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_STARS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}
_RATING = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)(?:\s*/\s*\d{1,3})?(?:\s*(?:★|☆|\*|étoiles?|stars?))*", re.I)
_TRUE = frozenset(("true", "1", "yes", "oui", "vrai", "x"))


def normal_name(name: str) -> str:
    """A column name without case, accents or signs: ``"Créé_le "`` and ``createdAt`` become plain words."""
    spaced = _CAMEL.sub(" ", name[:80])
    bare = "".join(char for char in unicodedata.normalize("NFD", spaced) if not unicodedata.combining(char))
    return _UNIT.sub("", _WORD_BREAK.sub(" ", bare).strip().lower())


#: The parts in the order they choose their columns: the surest names first.
_ORDER = (
    *("text", "id", "parent", "date", "clock", "rating", "owner", "author", "handle"),
    *("likes", "edited", "deleted", "hidden", "title", "reply", "reply_date"),
)
#: What a review is headed by; elsewhere such a column rather names the post.
_HEADINGS = ("title", "titre", "headline", "objet")


def map_fields(names: Iterable[str]) -> dict[str, str]:
    """Which of ``names`` holds each part of a message; one name is never used twice."""
    normal: dict[str, str] = {}
    for name in names:
        normal.setdefault(normal_name(name), name)
    found: dict[str, str] = {}
    # The handle before the author, or a lone "username" next to "name" would be lost.
    for part in _ORDER:
        free = [known for known in SYNONYMS[part] if known in normal and normal[known] not in found.values()]
        if free:
            found[part] = normal[free[0]]
    heading = next((normal[name] for name in _HEADINGS if name in normal), None)
    if heading and "rating" in found and "title" not in found and heading not in found.values():
        found["title"] = heading
    return found


def author_of(name: str, handle: str, *, is_owner: bool = False) -> Author:
    """The author a file names: ``@someone`` is a handle, kept without its sign."""
    if name.startswith("@") and not handle:
        name, handle = "", name
    return Author(name, handle.lstrip("@"), is_owner)


def rating(value: str) -> float | None:
    """A number of stars out of ``4,5``, ``4/5``, ``FOUR`` or ``★★★★``; None for anything else."""
    shown = value.strip()[:40]
    if shown.lower() in _STARS:
        return _STARS[shown.lower()]
    if shown and not shown.strip("★☆⭐\ufe0f "):
        return float(shown.count("★") + shown.count("⭐"))
    found = _RATING.fullmatch(shown)
    return float(found.group(1).replace(",", ".")) if found else None


def is_true(value: str) -> bool:
    """True for the ways a file says yes."""
    return value.strip().lower() in _TRUE


def whole(value: str) -> int | None:
    """A whole number, its thousands parted or not; None for anything else."""
    shown = re.sub(r"[\s\xa0\u202f\u2009.,'’](?=\d{3}\b)", "", value.strip()[:20])
    return int(shown) if re.fullmatch(r"\d{1,9}", shown, re.A) else None
