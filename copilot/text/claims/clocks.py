"""Times of day, told apart from durations and from opening formulas."""

from __future__ import annotations

import re
from decimal import Decimal

from copilot.domain.claim import ClaimKind
from copilot.text.claims.mention import Mention
from copilot.text.claims.scanning import Scan

ALWAYS = re.compile(
    r"(?P<day>24 ?(?:h|heures?|hours?)? ?(?:/|sur) ?24(?: ?h)?|24 ?(?:h|heures|hours) (?:a|par|per) (?:day|jour))"
    r"|(?P<both>24 ?/ ?7(?![\d/]))"
    r"|(?P<week>7 ?j?(?:ours)? ?(?:/|sur|days a) ?7 ?j?(?!\w))|(?P<days>7 days a week)"
)

_CLOCK = re.compile(
    r"(?P<hour>[01]?\d|2[0-4])(?!\d)(?:"
    r"(?P<colon>:(?P<m1>[0-5]\d)(?![\d:])(?: ?h\b)?)"
    r"|(?P<dot>\.(?P<m2>[0-5]\d)(?= ?[ap]\.?m\b))"
    r"|(?P<letter> ?(?:h(?![a-z])|heures?(?!\w)|hrs?(?!\w)|hours?(?!\w))(?: ?(?P<m3>[0-5]\d)(?![\d%]|[.,]\d| ?(?:eur"
    r"|€)))?(?: ?min\b)?)"
    r")?(?: ?(?P<half>[ap])(?:\.m\.|m\b))?(?P<oclock> ?o'? ?clock)?"
    r"(?P<more> et (?P<extra>demie|quart)(?!\w)| (?P<less>moins le quart))?"
    r"(?P<part> (?:du (?P<fr>matin|soir)|de l'(?P<noon>apres-midi)|in the (?P<en>morning|afternoon|evening)))?"
)

NOON = re.compile(
    r"(?<!\w)(?:a|jusqu'a|avant|des|de|at|by|until|before|et|and|to|-|from|entre|between) ?(?P<name>midi|minuit|noon"
    r"|midday|midnight)(?![\w-])"
)

_LASTING_BEFORE = re.compile(
    r"(?:(?<!\w)(?:en|sous(?: les)?|dans(?: les| un delai de)?|pendant|durant|dure|durera|durees?(?: de)?(?: :)?"
    r"|autonomie(?: de)?(?: :)?"
    r"|moins de|plus de|delais?(?: de| :| maximum de)?|toutes les|environ|maximum|within(?: the next)?|for|in|under"
    r"|every|lasts?|about"
    r"|livraison|delivery|chrono|depuis|il y a|over|past|last|dernieres|prochaines|next|attendu|attente(?: de)?"
    r"|retard(?: de)?|d'ici)"
    r"|d'environ|apres|after|up to|minimum|seulement) ?$"
)

_LASTING_AFTER = re.compile(
    r" ?(?:d'(?:autonomie|affilee|attente|ecoute|avance|atelier|ouverture|avion)|de (?:vol|route|trajet|marche|cours"
    r"|formation"
    r"|spectacle|musique|jeu|charge|live|direct|travail|lecture|retard|repos|cuisson|queue|file|visite|trail|balade"
    r"|sport|sommeil)"
    r"|par (?:jour|semaine|mois)|chrono|non[- ]stop|max\b|/|of |a (?:day|week|month)\b|per |long\b|late\b|ago\b"
    r"|apres\b|avant\b|before\b|later\b|maximum|ouvrees)"
)

_AT_HOUR = re.compile(r"(?<!\w)(?:at|until|till|from|des|jusqu'a|before|by) $")

FROM = re.compile(r"(?<!\w)(?:from|between) $")

AT_END = re.compile(r"\s*(?:[.,;:!?)\n]|$|(?:on|every|each|and|in|,|tonight|sharp)\b)")


def hour_keys(hour: int, minute: int, half: str, ambiguous: bool) -> tuple[str, ...]:
    """What a time of day may be found by; an ambiguous one is of the morning or of the afternoon."""
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    keys = [f"time {hour:02d}:{minute:02d}"]
    if hour in (0, 24):
        keys = [f"time 00:{minute:02d}", f"time 24:{minute:02d}"]
    if ambiguous and not half and 1 <= hour <= 12:
        keys.append(f"time {hour % 12 + 12:02d}:{minute:02d}")
    return tuple(keys)


def read_clock(scan: Scan, number: re.Match[str]) -> list[Mention]:
    """The time of day that begins with ``number``, if any."""
    match = _CLOCK.match(scan.text, number.start())
    if not match:
        return []
    written = match["colon"] or match["dot"] or match["letter"] or match["half"] or match["oclock"] or match["part"]
    bare = not written
    if bare and not (
        _AT_HOUR.search(scan.before(match.start()))
        and AT_END.match(scan.text, match.end())
        and 1 <= int(match["hour"]) <= 12
    ):
        return []
    if bare and scan.language != "en":
        return []
    minute = int(match["m1"] or match["m2"] or match["m3"] or 0)
    hour = int(match["hour"])
    letter = (match["letter"] or "").strip()
    if letter and not match["half"] and not match["oclock"] and not match["m3"]:
        word = letter.rstrip(".")
        lasting = word.startswith(("hour", "hr")) or hour == 24
        if (
            lasting
            or _LASTING_BEFORE.search(scan.before(match.start()))
            or _LASTING_AFTER.match(scan.text, match.end())
        ):
            return []
    if (
        letter
        and match["m3"]
        and (_LASTING_BEFORE.search(scan.before(match.start())) or _LASTING_AFTER.match(scan.text, match.end()))
    ):
        total = hour * 60 + minute
        return [
            Mention(ClaimKind.DURATION, *match.span(), f"{total} min", (f"minutes {total}",), Decimal(total), "min")
        ]
    minute += {"demie": 30, "quart": 15}.get(match["extra"] or "", 0)
    if match["less"]:
        hour, minute = hour - 1, 45
    said = match["half"] or (
        "p" if match["noon"] or match["fr"] == "soir" or match["en"] in ("afternoon", "evening") else ""
    )
    said = said or ("a" if match["fr"] or match["en"] else "")
    ambiguous = (not letter and scan.language == "en") or bool(match["oclock"]) or bare
    keys = hour_keys(hour, minute, said, ambiguous)
    if letter:
        keys += (f"minutes {hour * 60 + minute}",)
    end = match.end() if not bare else match.end("hour")
    shown = keys[0].removeprefix("time ")
    return [Mention(ClaimKind.TIME, match.start(), end, shown, keys, Decimal(hour), soft=bare)]


def bare_hour(number: re.Match[str]) -> Mention:
    """An end of ``from 10 to 4``."""
    hour = int(number.group())
    keys = hour_keys(hour, 0, "", ambiguous=True)
    return Mention(ClaimKind.TIME, *number.span(), keys[0].removeprefix("time "), keys, Decimal(hour))
