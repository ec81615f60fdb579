"""E-mail addresses, as they are or spelled out, and handles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.lexicons import words
from copilot.text.personal._span import PersonalSpan
from copilot.text.personal._words import Word, known

_EMAIL = re.compile(r"(?<![\w.+%@-])(?:[oO]['’](?=\w))?[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
# "lea (at) poste (point) fr", "lea point martin chez yahoo point fr", "lea at poste dot com".
_DOT = r"(?:\.|[ ]?[(\[{][ ]?(?:dot|point|\.)[ ]?[)\]}][ ]?|[ ](?:point|dot)[ ])"
_SAID_DOT = r"(?:[ ](?:point|dot|tiret|underscore)[ ]|[ ]?[(\[{][ ]?(?:dot|point|\.)[ ]?[)\]}][ ]?)"
_SPELLED = re.compile(
    rf"(?<![\w.+%-])[\w.+%-]{{1,64}}(?:{_SAID_DOT}[\w+%-]{{1,64}}){{0,3}}"
    r"(?:[ ]?[(\[{][ ]?(?:at|arobase|arobas|@|a|chez)[ ]?[)\]}][ ]?"
    rf"|[ ](?:arobase|arobas)[ ]|[ ](?:chez|at)[ ](?=[\w-]{{2,40}}{_DOT}(?:com|fr|net|org|be|ch|ca|uk|co|ie|eu"
    rf"|me|io)\b))"
    rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{2,63}}){{1,4}}",
    re.IGNORECASE,
)
#: Who keeps the mail of most people: "lea @gmail.com" is an address, "insta @la.table.fr" somebody mentioned.
_BOXES = (
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|orange|wanadoo|free|sfr|neuf|laposte|bbox|icloud|me|mac"
    r"|proton(?:mail)?|pm|gmx|aol|skynet|telenet|proximus|bluewin|sunrise|hispeed|videotron|sympatico|bell|rogers"
    r"|btinternet|sky|virginmedia|ntlworld|talktalk|eircom|rediffmail|numericable|club-internet|mail)"
)
# "julien . roche @ laposte . net".
_SPACED = re.compile(
    r"(?<![\w.+%@-])[\w+%-]{1,64}(?: ?\. ?[\w+%-]{1,64}){0,3}"
    rf"(?: ?@ |@| @(?={_BOXES} ?\.))[\w-]{{1,63}}(?: ?\. ?[\w-]{{1,63}}){{0,3}} ?\. ?"
    r"(?:com|fr|net|org|be|ch|ca|uk|co|ie|eu|me|io|de|es|it|lu)(?!\w|\.\w)",
    re.IGNORECASE,
)
_SPELLED_SIGNS = re.compile(r"[(\[{] ?(?:at|arobas|@|a|chez)|arobas| chez | at ", re.IGNORECASE)
_HANDLE = re.compile(
    r"(?<![\w.@])@\w[\w.-]{1,60}(?:@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})?"
    r"|(?<![\w@])@ (?=\w*_)[A-Za-z]\w{3,30}(?!\w)"
    r"|(?<![\w/.])/?u/[\w-]{3,30}(?!\w)"
    r"|(?<![\w#])[^\W\d_][\w.]{1,30}#\d{4}(?!\w)"
)
# A network writes a mention with the whole name: "@Callum Reid".
_SURNAME = re.compile(r"[ \u00a0](?P<name>[A-ZÀ-Þ][a-zß-ÿ'’-]{2,30})(?!\w)")
_PROFILE = re.compile(
    r"(?:instagram|facebook|twitter|tiktok|twitch|snapchat|linkedin|threads)\.(?:com|tv|net)/(?:in/"
    r"|add/)?@?(?P<name>[\w.-]{3,50})"
    r"|(?<![\w.])(?:x\.com|t\.me)/(?P<short>\w{3,50})",
    re.IGNORECASE,
)
_CUED = re.compile(
    r"(?<!\w)(?:pseudos?|user ?name|identifiant|login|insta(?:gram)?|snap(?:chat)?|tik ?tok|twitch|discord|telegram"
    r"|gamer ?tag|psn|handle|skype|xbox(?: live)?|ig|steam|vinted|venmo|cash ?app|epic(?: games)?|roblox|fortnite"
    r"|minecraft"
    r"|leboncoin|depop|etsy|strava|bereal|threads|bluesky|mastodon)(?!\w)"
    r"(?:[ ](?:vinted|insta|snap|twitch|tiktok|discord|steam|leboncoin|psn|xbox|wow|lol|fortnite|roblox))?"
    r"(?:[ \u00a0]?(?:c['’]est|c(?:est)?(?![\w.])|est|is|it['’]s|sur|on|name|:"
    r"|=)){0,2}[ \u00a0]?[«\"“]?[ \u00a0]?(?P<name>[A-Za-z$][\w.-]{2,40})",
    re.IGNORECASE,
)
#: Written like a handle, they name everybody or nobody.
_EVERYBODY = words(
    "service sav support admin admins modo modos moderateur staff equipe équipe user username utilisateur"
    " everyone everybody all here channel tous toutes tous.tes team mention"
)
_PATHS = words(
    "reel reels stories explore share sharer groups watch hashtag events pages profile.php status home intent"
)
_CLOCK = re.compile(r"\d+(?:h\d*|am|pm|[.:]\d+)?", re.IGNORECASE)
_CODED = re.compile(r"[\d_$]|[a-z][A-Z]|\w\.\w")


def find_contacts(text: str) -> Iterator[PersonalSpan]:
    """E-mail addresses, then handles."""
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield PersonalSpan("EMAIL", match.start(), match.start() + len(match.group().rstrip(".-_")))
        if "@ " in text or " @" in text:
            for match in _SPACED.finditer(text):
                yield PersonalSpan("EMAIL", *match.span())
    if _SPELLED_SIGNS.search(text):
        for match in _SPELLED.finditer(text):
            yield PersonalSpan("EMAIL", match.start(), match.start() + len(match.group().rstrip(".-_")))
    yield from _handles(text)


def _handles(text: str) -> Iterator[PersonalSpan]:
    if "@" in text or "#" in text or "u/" in text:
        for match in _HANDLE.finditer(text):
            name = match.group().rstrip(".-")
            if not _names_nobody(name.lstrip("@ ")):
                more = _SURNAME.match(text, match.start() + len(name)) if name[1:2].isupper() else None
                more = more if more and not known(more["name"]) & (Word.ORDINARY | Word.PLACE) else None
                yield PersonalSpan("HANDLE", match.start(), more.end() if more else match.start() + len(name))
    if "/" in text:
        for match in _PROFILE.finditer(text):
            group = "name" if match["name"] else "short"
            if match[group].lower() not in _PATHS:
                yield PersonalSpan("HANDLE", match.start(group), match.start(group) + len(match[group].rstrip(".-")))
    for match in _CUED.finditer(text):
        name = match["name"].rstrip(".-")
        if _CODED.search(name):
            yield PersonalSpan("HANDLE", match.start("name"), match.start("name") + len(name))


def _names_nobody(name: str) -> bool:
    return len(name) < 2 or name.lower() in _EVERYBODY or _CLOCK.fullmatch(name) is not None
