"""Letters borrowed from mathematics or enclosed in circles: screen readers spell them out or skip them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "decorative_letters"
SEVERITY = Severity.WARNS

#: Enough to show one by one; the last covers what is left.
MOST = 50

_MATHS = "\U0001d400-\U0001d7ff\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212c\u212d\u212f-\u2134\u2145-\u2149"
_FULLWIDTH = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_ENCLOSED = "\u249c-\u24e9\U0001f110-\U0001f129\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189"
_SMALL_CAPITALS = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"
_PLAIN_SMALL_CAPITALS = "abcdefghijklmnoprstuvwyz"
_MARKS = "\u0300-\u0304\u0306-\u0331\u0339-\u036f"
_SIGN = f"[{_MATHS}{_FULLWIDTH}{_ENCLOSED}][{_MARKS}\ufe0e\ufe0f]*+"
_BARRED = r"[^\W_][\u0305\u0332-\u0338]"
# Words follow each other in one finding. Small capitals and barred letters count from three on: alone, they mean it.
_RUN = re.compile(
    rf"{_SIGN}(?:[ '’.,!?-]{{0,2}}{_SIGN})*+"
    rf"|[{_SMALL_CAPITALS}]{{3,}}+(?:[ '’-][{_SMALL_CAPITALS}]+)*+"
    rf"|(?:{_BARRED}){{3,}}+"
)
_BARS = re.compile("[\u0305\u0332-\u0338]")
_SELECTORS = re.compile("[\ufe0e\ufe0f]")
#: Emoji of one letter: the blood groups and the car park. ``ℹ``, ``ℓ`` and ``ℝ`` are signs of their own.
_ALONE = re.compile(
    "[\U0001f170\U0001f171\U0001f17e\U0001f17f\u2102\u2115\u2119\u211a\u211d\u2124\u2113][\ufe0e\ufe0f]?"
)
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHAPED = re.compile(f"[{_FULLWIDTH}]")
_FROM_SQUARES = {
    base + index: chr(65 + index) for base in (0x1F110, 0x1F130, 0x1F150, 0x1F170) for index in range(26)
} | {0x249C + index: chr(97 + index) for index in range(26)}
_FROM_SMALL_CAPITALS = str.maketrans(_SMALL_CAPITALS, _PLAIN_SMALL_CAPITALS)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each run of such letters; the fix writes them plainly."""
    if draft.text.isascii():
        return
    east_asian = bool(_EAST_ASIAN.search(draft.text))
    left = MOST
    for match in _RUN.finditer(draft.text):
        shown = match.group()
        if _ALONE.fullmatch(shown) or (east_asian and _SHAPED.match(shown)):
            continue
        left -= 1
        end = len(draft.text) if not left else match.end()
        yield _finding(draft.text, match.start(), end)
        if not left:
            return


def _finding(text: str, start: int, end: int) -> Finding:
    shown = text[start:end]
    plain = _RUN.sub(lambda match: plainly(match.group()), shown)
    wording = Wording("check.decorative_letters", {"plain": plain[:40]})
    return Finding(NAME, SEVERITY, start, end, wording, shown[:40], plain, automatic=True)


def plainly(decorated: str) -> str:
    """The ordinary letters behind ``decorated``."""
    if _ALONE.fullmatch(decorated):
        return decorated
    plain = _SELECTORS.sub("", _BARS.sub("", decorated)).translate(_FROM_SQUARES).translate(_FROM_SMALL_CAPITALS)
    return unicodedata.normalize("NFC", "".join(unicodedata.normalize("NFKC", char) for char in plain))


BAD = {
    "fr": (
        Sample("Notre offre en 𝗴𝗿𝗮𝘀 pour tous."),
        Sample("𝓑𝓸𝓷𝓳𝓸𝓾𝓻 à vous", network="x"),
        Sample("Ｓｏｌｄｅｓ dès demain"),
        Sample("Ⓢⓞⓛⓓⓔⓢ et 🅿🆁🅾🅼🅾"),
        Sample("s\u0336o\u0336l\u0336d\u0336e\u0336"),
        Sample("ᴀᴛᴇʟɪᴇʀ de samedi"),
        Sample("𝐥’𝐞\u0301𝐭𝐞\u0301 arrive"),
    ),
    "en": (Sample("A 𝙗𝙤𝙡𝙙 offer", language="en"), Sample("𝕊𝕒𝕝𝕖 today", language="en")),
}
GOOD = {
    "fr": (
        Sample("Le 1ᵉʳ mars, nᵒ 5, Mᵐᵉ Durand, 20 m², H₂O, ½ tarif, ① ② ③"),
        Sample("Parking 🅿️, ℹ️ infos, groupe 🅾, café crème, ☎ et ™"),
        Sample("東京 ＡＢＣ"),
    ),
    "en": (Sample("A plain offer: 5 € or £4, ½ price, café, 🇬🇧", language="en"),),
}
