"""Which column or key holds what, in French and English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from copilot.domain.conversation import Author
from copilot.importers.threads._texts import label

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
        *("comment content", "comment body", "message text", "review body", "review comment", "full text"),
        "tweet text",
        *("message content", "inbound message", "message entrant", "contenu de l interaction"),
        *("contenu de l avis", "contenu du commentaire", "contenu du message", "texte du message", "corps du message"),
        *("verbatim", "verbatims", "avis client", "commentaire client", "customer review", "customer comment"),
        *("customer feedback", "feedback", "review message", "message texte", "texte message", "remarque", "remarques"),
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
        *("consumer", "customer", "customer name", "reviewer name", "nom du consommateur", "nom du client"),
        *("from user", "auteur du message", "message author", "nom de l utilisateur", "from name", "sender full name"),
        *("posted by", "publie par", "poste par", "commented by", "commente par", "nom de l expediteur"),
        *("auteur du commentaire", "auteur de l avis", "commenter", "commenter name", "full name", "nom complet"),
        *("nickname", "surnom", "profile name", "nom du profil", "nom affiche", "sender", "sender name", "expediteur"),
        *("nom et prenom", "nom prenom", "prenom et nom", "prenom nom", "first and last name", "written by"),
        *("ecrit par", "redige par", "submitted by", "soumis par", "sent by", "envoye par", "created by", "cree par"),
        *("internaute", "membre", "member", "member name", "guest name", "guest", "voyageur", "traveler", "visiteur"),
        *("commentateur", "commentatrice", "redacteur", "redactrice", "reviewed by"),
        "review username",
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
        *("author username", "owner username", "unique id", "user handle", "login"),
        *("account name", "nom du compte", "nom de compte", "pseudonyme", "account", "compte"),
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
        *(
            "review created",
            "review created date",
            "review date",
            "date de l avis",
            "date du commentaire",
            "comment date",
            "date created",
        ),
        *("posted at", "posted", "poste le", "date et heure", "comment time", "publication date", "publish date"),
        *("date published", "date posted", "posted on", "create time", "created utc", "date time", "timestamp ms"),
        *("review created at", "comment created at", "submitted at", "date de creation", "date d envoi"),
        *(
            "date de reception",
            "received at",
            "date received",
            "received",
            "recu le",
            "date du message",
            "message date",
        ),
        *("date de l interaction", "date publication", "date et heure de publication"),
        "creation timestamp",
        *("created date", "created on", "creation date", "date created utc", "sent at", "sent on", "sent date", "sent"),
        *("date sent", "envoye le", "mis en ligne le", "date de mise en ligne", "ecrit le", "redige le", "written on"),
        *("written at", "depose le", "date de depot", "soumis le", "date de soumission", "submitted", "submitted on"),
        *("submission date", "date submitted", "added on", "added at", "date added", "ajoute le", "date d ajout"),
        *("commented at", "commented on", "commente le", "date commentaire", "date avis", "date message"),
        *("date envoi", "date reception", "reviewed at", "reviewed on", "poste", "horodatage", "time stamp"),
        *("jour et heure", "day and time", "date and time", "heure et date"),
        # Less sure: another column may say it better.
        *("jour", "day", "when", "quand", "moment", "heure de publication"),
    ),
    "clock": (
        *("heure", "time", "hour", "heure de publication", "heure du message", "heure du commentaire"),
        *("heure d envoi", "heure de reception", "heure de l avis", "heure locale", "local time", "time of day"),
        *("time posted", "posted time", "time sent", "sent time", "message time", "review time"),
    ),
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
        *("id de l avis", "id avis", "identifiant de l avis", "identifiant du commentaire", "id du message"),
        *("cid", "tweet id", "pk", "id interaction", "id de l interaction", "interaction id", "feedback id"),
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
        *("parent comment", "reply to id", "reply to comment id", "reply to which comment", "parent message id"),
        *("id du commentaire parent", "identifiant du commentaire parent", "replied to", "replying to"),
        *("message parent", "id message parent", "id du message parent", "commentaire d origine"),
        *("reponse au commentaire", "reponse au message"),
    ),
    "rating": (
        *("rating", "note", "stars", "etoiles", "review stars", "starrating", "note sur 5", "note sur 10"),
        *("note sur 20", "note sur 100", "rating out of 5", "rating out of 10", "score sur 10", "review rating"),
        *("evaluation", "nombre d etoiles", "nb etoiles", "number of stars", "star rating", "overall rating"),
        *("note globale", "note attribuee", "note donnee", "note client", "customer rating", "score sur 5"),
    ),
    "likes": (
        *("likes", "like count", "likecount", "j aime", "jaime", "mentions j aime", "reactions", "reaction count"),
        *("votes", "score", "upvotes", "nombre de j aime", "nb likes", "comment likes", "likes count", "digg count"),
        *("number of likes", "nombre de likes", "nb j aime", "favorite count", "comment like count"),
        *("nombre de reactions", "nb reactions", "nb de reactions", "number of reactions", "reactions count"),
        *("nb de likes", "nb de j aime", "favorites", "favourites", "favoris", "hearts", "cœurs", "coeurs"),
    ),
    "edited": (
        *("edited", "edited at", "modifie le", "modifie", "updated at", "date de modification", "updatedat"),
        *("edited on", "last edited", "last modified", "modified at", "modified on", "date modified", "date edited"),
        *("derniere modification", "date de derniere modification", "mis a jour le", "date updated"),
    ),
    "deleted": ("deleted", "is deleted", "supprime", "removed", "is removed", "est supprime"),
    "hidden": ("hidden", "is hidden", "masque", "cache", "est masque"),
    "reply": (
        *("owner reply", "owner response", "company reply", "business reply", "reply content", "review reply"),
        *("reponse du proprietaire", "reponse de l entreprise", "reponse de la marque", "texte de la reponse"),
        *("reply text", "response text", "reply body", "company response", "business response", "merchant reply"),
        *("company reply text", "response from owner", "reponse de la societe", "reponse du vendeur", "notre reponse"),
        *("our reply", "our response", "brand reply", "brand response", "reponse apportee", "reponse marque"),
        *("reponse entreprise", "reponse publiee", "reponse de l equipe", "review company reply"),
        *("reply", "response", "reponse"),
    ),
    "title": (
        "review title",
        "titre de l avis",
        "titre avis",
        "comment title",
        "titre du commentaire",
        "titre du message",
    ),
    "reply_date": (
        *("owner reply date", "company reply date", "reply date", "response date", "owner response date"),
        *("date de la reponse", "date de reponse", "reponse le", "date reponse", "reply created", "reply created at"),
        *("company reply created at", "response created at", "reply posted", "reply published"),
        *("replied at", "replied on", "responded at", "responded on", "repondu le", "date de notre reponse"),
        *("review company reply date", "company response date"),
    ),
    "link": (
        *("permalink", "permalien", "lien permanent", "comment url", "comment link", "comment permalink"),
        *("message url", "message link", "review url", "review link", "lien du commentaire", "url du commentaire"),
        *("lien vers l element", "lien vers le message", "lien vers le commentaire", "link to message", "item url"),
        *("lien du message", "url du message", "lien de l avis", "url de l avis"),
        *("lien vers l avis", "link to comment", "link to review", "voir le commentaire", "view comment"),
    ),
    "owner": (
        *("is owner", "owner", "from brand", "is brand", "marque", "est la marque", "proprietaire"),
        *("author is uploader", "author is channel owner", "is channel owner", "is page owner"),
    ),
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
REPLY_KEYS = frozenset(
    ("replies", "reponses", "children", "comments", "commentaires", "enfants", "answers", "reply comment")
)
LIST_KEYS = frozenset(("messages", "comments", "commentaires", "items", "data", "thread", "fil"))

#: The same, whatever stands around: ``Consumer Email``, ``Author profile URL``.
_PERSONAL = re.compile(
    r"\b(?:e ?mails?|courriels?|ip|phone|telephone|avatar)\b|\bprofile?\b.*\b(?:url|link|lien|id|picture|pic)\b"
    r"|\b(?:url|lien|id)\b.*\bprofile?\b"
)

_PROFILE = re.compile(r"\bprofile?\b|\bavatar\b|^(?:user|author) url$")

_WORD_BREAK = re.compile(r"[\W_]+")
#: What follows the name of a column of times.
_UNIT = re.compile(r"(?<=\w) (?:utc|gmt)$")
#: A remark after a name: ``Name (click to view profile)``.
_REMARK = re.compile(r"(?<=\w)\s*\([^()]*\)\s*$")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_STARS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}
_RATING = re.compile(
    r"(?P<given>\d{1,3}(?:[.,]\d{1,2})?)(?:\s*(?:/|sur|out of)\s*(?P<top>\d{1,3})|\s?(?P<percent>%))?"
    r"(?:\s*(?:★|☆|\*|étoiles?|stars?))*",
    re.I,
)
#: The most stars, which every rating is counted in; and what other scales go up to.
MOST_STARS, _SCALES = 5.0, (5.0, 10.0, 20.0, 100.0)
_MOST_RATINGS = 0.95
#: The name of a column may say it: ``Note sur 10``, ``Rating (/20)``.
_SCALE = re.compile(r"(?:/|\bsur|\bout of)\s*(\d{1,3})\b", re.I)
#: How networks show many: ``1,2 k``, ``3.4M``.
_SHORT = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)[\s\xa0\u202f]?([kKmM])", re.A)
#: A long number as a spreadsheet shows it, and saves it in a table of text.
_ROUNDED = re.compile(r"\d(?:[.,]\d{1,17})?E\+\d{2}", re.A | re.I)
_TRUE = frozenset(("true", "1", "yes", "oui", "vrai", "x"))


def normal_name(name: str) -> str:
    """A column name without case, accents or signs: ``"Créé_le "`` and ``createdAt`` become plain words."""
    spaced = _CAMEL.sub(" ", _REMARK.sub("", name[:80]))
    bare = "".join(char for char in unicodedata.normalize("NFD", spaced) if not unicodedata.combining(char))
    return _UNIT.sub("", _WORD_BREAK.sub(" ", bare).strip().lower())


def is_personal(name: str) -> bool:
    """True for the name of a column of what points at a person."""
    plain = normal_name(name)
    return plain in PERSONAL or _PERSONAL.search(plain) is not None


def is_profile(name: str) -> bool:
    """True for the name of a column of what shows a person's page or picture, rather than how to reach them."""
    return _PROFILE.search(normal_name(name)) is not None


#: The parts in the order they choose their columns: the surest names first.
_ORDER = (
    *("text", "id", "parent", "date", "clock", "rating", "owner", "author", "handle"),
    *("likes", "edited", "deleted", "hidden", "title", "reply", "reply_date", "link"),
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
    """The author a file names: ``@someone`` is a handle, kept without its sign, and a name where no other is told."""
    if name.startswith("@") and not handle:
        name, handle = "", name
    handle = handle.lstrip("@")
    return Author(name or handle, handle, is_owner)


def rating(value: str, top: float = 0.0) -> float | None:
    """Stars out of five for ``4,5``, ``4/5``, ``8/10``, ``80 %``, ``FOUR`` or ``★★★★``; None for anything else.

    ``top`` is what a number alone is out of; 0 when nothing says it.
    """
    shown = value.strip()[:40]
    if shown.lower() in _STARS:
        return _STARS[shown.lower()]
    if shown and not shown.strip("★☆⭐\ufe0f "):
        return float(shown.count("★") + shown.count("⭐"))
    found = _RATING.fullmatch(shown)
    if not found:
        return None
    given = float(found["given"].replace(",", "."))
    most = 100.0 if found["percent"] else float(found["top"]) if found["top"] else top or scale_for(given)
    return round(given * MOST_STARS / most, 2) if given <= most and most else None


def scale_for(given: float) -> float:
    """The smallest scale on which ``given`` is possible."""
    return next((scale for scale in _SCALES if given <= scale), given)


def scale_of(given: Sequence[float]) -> float:
    """What most of these numbers are out of; 0 without any. A few past it are no ratings."""
    return scale_for(sorted(given)[int(len(given) * _MOST_RATINGS)]) if given else 0.0


def scale_named(column: str) -> float:
    """What the name of a column of ratings says they are out of, 0 when it does not."""
    found = _SCALE.search(column)
    return float(found[1]) if found else 0.0


def bare_number(value: str) -> float | None:
    """A rating that does not say what it is out of."""
    found = _RATING.fullmatch(value.strip()[:40])
    return float(found["given"].replace(",", ".")) if found and not (found["top"] or found["percent"]) else None


def is_rounded(value: str) -> bool:
    """True for ``1,79E+16``, which a spreadsheet shows and saves in the place of a long number."""
    return "+" in value and _ROUNDED.fullmatch(value.strip()[:40]) is not None


def id_of(value: str) -> str:
    """An id as the file has it; empty where it was rounded: many messages then seem to have the same."""
    return "" if is_rounded(value) else label(value)[:200]


def is_true(value: str) -> bool:
    """True for the ways a file says yes."""
    return value.strip().lower() in _TRUE


def whole(value: str) -> int | None:
    """A whole number, its thousands parted or not, or ``1,2 k``; None for anything else."""
    short = _SHORT.fullmatch(value.strip()[:20])
    if short:
        return round(float(short[1].replace(",", ".")) * (1000 if short[2] in "kK" else 1_000_000))
    shown = re.sub(r"[\s\xa0\u202f\u2009.,'’](?=\d{3}\b)", "", value.strip()[:20])
    return int(shown) if re.fullmatch(r"\d{1,9}", shown, re.A) else None
