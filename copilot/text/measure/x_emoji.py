"""The emoji X counts as one sign of weight 2: those of Emoji 11 (2018), as twemoji 11 knows them.

A newer sequence is not one sign for X's counter: it costs the sum of its parts. The sets below are facts about
which code points and sequences existed in that release; the grammar is written from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

ZWJ = "\u200d"
VS16 = "\ufe0f"
NOT_TEXT = "(?:\ufe0f|(?!\ufe0e))"
SKIN = "[\U0001f3fb-\U0001f3ff]"
KEYCAP = "\u20e3"
MAN, WOMAN, BOY, GIRL = "\U0001f468", "\U0001f469", "\U0001f466", "\U0001f467"
HEART, KISS = "\u2764\ufe0f", "\U0001f48b"

# Shown as text unless U+FE0F follows.
TEXT_UNLESS_ASKED = "A9 AE 2122 265F"

# Emoji unless U+FE0E follows.
EMOJI_UNLESS_REFUSED = """
203C 2049 2139 2194-2199 21A9-21AA 231A-231B 2328 23CF 23ED-23EF 23F1-23F2 23F8-23FA 24C2 25AA-25AB 25B6 25C0
25FB-25FE 2600-2604 260E 2611 2614-2615 2618 2620 2622-2623 2626 262A 262E-262F 2638-263A 2640 2642 2648-2653 2660
2663 2665-2666 2668 267B 267F 2692-2697 2699 269B-269C 26A0-26A1 26AA-26AB 26B0-26B1 26BD-26BE 26C4-26C5 26C8 26CF
26D1 26D3-26D4 26E9-26EA 26F0-26F5 26F8 26FA 26FD 2702 2708-2709 270F 2712 2714 2716 271D 2721 2733-2734 2744 2747
2757 2763-2764 27A1 2934-2935 2B05-2B07 2B1B-2B1C 2B50 2B55 3030 303D 3297 3299 1F004 1F170-1F171 1F17E-1F17F 1F202
1F21A 1F22F 1F237 1F321 1F324-1F32C 1F336 1F37D 1F396-1F397 1F399-1F39B 1F39E-1F39F 1F3CD-1F3CE 1F3D4-1F3DF 1F3F3
1F3F5 1F3F7 1F43F 1F441 1F4FD 1F549-1F54A 1F56F-1F570 1F573 1F576-1F579 1F587 1F58A-1F58D 1F5A5 1F5A8 1F5B1-1F5B2
1F5BC 1F5C2-1F5C4 1F5D1-1F5D3 1F5DC-1F5DE 1F5E1 1F5E3 1F5E8 1F5EF 1F5F3 1F5FA 1F6CB 1F6CD-1F6CF 1F6E0-1F6E5 1F6E9
1F6F0 1F6F3
"""

# The same, and may carry a skin tone.
EMOJI_UNLESS_REFUSED_WITH_SKIN = "261D 26F7 26F9 270C-270D 1F3CB-1F3CC 1F574-1F575 1F590"

# Always emoji, may carry a skin tone.
EMOJI_WITH_SKIN = """
270A-270B 1F385 1F3C2-1F3C4 1F3C7 1F3CA 1F442-1F443 1F446-1F450 1F466-1F469 1F46E 1F470-1F478 1F47C 1F481-1F483
1F485-1F487 1F4AA 1F57A 1F595-1F596 1F645-1F647 1F64B-1F64F 1F6A3 1F6B4-1F6B6 1F6C0 1F6CC 1F918-1F91C 1F91E-1F91F
1F926 1F930-1F939 1F93D-1F93E 1F9B5-1F9B6 1F9B8-1F9B9 1F9D1-1F9DD
"""

# Always emoji, alone.
EMOJI = """
23E9-23EC 23F0 23F3 267E 26CE 2705 2728 274C 274E 2753-2755 2795-2797 27B0 27BF E50A 1F0CF 1F18E 1F191-1F19A
1F1E6-1F1FF 1F201 1F232-1F236 1F238-1F23A 1F250-1F251 1F300-1F320 1F32D-1F335 1F337-1F37C 1F37E-1F384 1F386-1F393
1F3A0-1F3C1 1F3C5-1F3C6 1F3C8-1F3C9 1F3CF-1F3D3 1F3E0-1F3F0 1F3F4 1F3F8-1F43E 1F440 1F444-1F445 1F451-1F465
1F46A-1F46D 1F46F 1F479-1F47B 1F47D-1F480 1F484 1F488-1F4A9 1F4AB-1F4FC 1F4FF-1F53D 1F54B-1F54E 1F550-1F567 1F5A4
1F5FB-1F644 1F648-1F64A 1F680-1F6A2 1F6A4-1F6B3 1F6B7-1F6BF 1F6C1-1F6C5 1F6D0-1F6D2 1F6EB-1F6EC 1F6F4-1F6F9
1F910-1F917 1F91D 1F920-1F925 1F927-1F92F 1F93A 1F93C 1F940-1F945 1F947-1F970 1F973-1F976 1F97A 1F97C-1F9A2 1F9B4
1F9B7 1F9C0-1F9C2 1F9D0 1F9DE-1F9FF
"""

# People who take a gender sign: with an optional skin tone, and (second) only with a skin tone or U+FE0F.
GENDERED = (
    "1F3C3-1F3C4 1F3CA 1F46E 1F471 1F473 1F477 1F481-1F482 1F486-1F487 1F645-1F647 1F64B 1F64D-1F64E 1F6A3 "
    "1F6B4-1F6B6 1F926 1F935 1F937-1F939 1F93D-1F93E 1F9B8-1F9B9 1F9D6-1F9DD"
)
GENDERED_ONCE_CHOSEN = "1F3CB-1F3CC 1F574-1F575 26F9"
GENDERED_WITHOUT_SKIN = "1F46F 1F93C 1F9DE-1F9DF"

# What a man or a woman does (or their hair): plain signs, and those that need U+FE0F.
ROLES = (
    "1F33E 1F373 1F393 1F3A4 1F3A8 1F3EB 1F3ED 1F4BB-1F4BC 1F527 1F52C 1F680 1F692 1F9B0-1F9B3",
    "2695-2696 2708",
)

# Countries with a flag: first letter, then every second letter.
FLAGS = (
    "ACDEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNOPRUVWXYZ DEGJKMOZ EACEGHRSTU FIJKMOR GABDEFGHILMNPQRSTUWY "
    "HKMNRTU ICDELMNOQRST JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ NACEFGILOPRUZ OM PAEFGHKLMNRSTWY QA "
    "REOSUW SABCDEGHIJKLMNORSTVXYZ TACDFGHJKLMNORTVWZ UAGMNSYZ VACEGINU WFS XK YET ZAMW"
)
REGIONS_WITH_FLAG = ("gbeng", "gbsct", "gbwls")

#: Every character an emoji may hold, keycap digits apart: outside such a run there is no emoji.
RUN = re.compile("[\xa9\xae\u200d\u203c-\u3299\ue50a\ufe0e\ufe0f\U0001f004-\U0001f9ff\U000e0020-\U000e007f]+")
LONGEST_REMEMBERED = 48
KEYCAPS = re.compile("[#*0-9]\ufe0f?\u20e3")


def _class(ranges: str) -> str:
    """A regex class from hexadecimal code points and ranges."""
    parts = []
    for item in ranges.split():
        first, _, last = item.partition("-")
        parts.append(chr(int(first, 16)) + (f"-{chr(int(last, 16))}" if last else ""))
    return f"[{''.join(parts)}]"


def _flags() -> str:
    letters = {chr(65 + n): chr(0x1F1E6 + n) for n in range(26)}
    pairs = [f"{letters[row[0]]}[{''.join(letters[second] for second in row[1:])}]" for row in FLAGS.split()]
    tags = ["\U0001f3f4" + "".join(chr(0xE0000 + ord(c)) for c in name) + "\U000e007f" for name in REGIONS_WITH_FLAG]
    return "|".join([*tags, *pairs])


def _families() -> str:
    """Kisses, couples with heart and families, the longest first."""
    parents = f"(?:{MAN}{ZWJ}[{MAN}{WOMAN}]|{WOMAN}{ZWJ}{WOMAN}|[{MAN}{WOMAN}])"
    children = f"(?:{BOY}{ZWJ}{BOY}|{GIRL}{ZWJ}[{BOY}{GIRL}]|[{BOY}{GIRL}])"
    couple = f"(?:{MAN}{ZWJ}{HEART}{ZWJ}{{0}}{MAN}|{WOMAN}{ZWJ}{HEART}{ZWJ}{{0}}[{MAN}{WOMAN}])"
    return "|".join([couple.format(KISS + ZWJ), couple.format(""), f"{parents}{ZWJ}{children}"])


@lru_cache(maxsize=1)
def _emoji() -> re.Pattern[str]:
    gender = f"{ZWJ}[\u2640\u2642]{VS16}"
    plain, asked = ROLES
    return re.compile(
        "|".join(
            [
                f"[{MAN}{WOMAN}]{SKIN}?{ZWJ}(?:{_class(asked)}{VS16}|{_class(plain)})",
                f"{_class(GENDERED_ONCE_CHOSEN)}(?:{SKIN}|{VS16}){gender}",
                f"{_class(GENDERED)}{SKIN}?{gender}",
                _families(),
                f"\U0001f3f3{VS16}{ZWJ}\U0001f308",
                f"\U0001f3f4{ZWJ}\u2620{VS16}",
                f"\U0001f441{ZWJ}\U0001f5e8",
                f"{_class(GENDERED_WITHOUT_SKIN)}{gender}",
                f"{_class(TEXT_UNLESS_ASKED)}{VS16}",
                f"{_class(EMOJI_UNLESS_REFUSED)}{NOT_TEXT}",
                f"(?:{_class(EMOJI_UNLESS_REFUSED_WITH_SKIN)}{NOT_TEXT}|{_class(EMOJI_WITH_SKIN)}){SKIN}?",
                _flags(),
                _class(EMOJI),
            ]
        )
    )


def emoji_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the emoji are, as (start, end): first the keycaps, then the others. They never overlap."""
    if KEYCAP in text:
        for match in KEYCAPS.finditer(text):
            yield match.span()
    for run in RUN.finditer(text):
        start, end = run.span()
        # What follows a run is no part of an emoji, so that a run says the same wherever it stands.
        if end - start <= LONGEST_REMEMBERED:
            for first, last in _spans_of_run(run.group()):
                yield start + first, start + last
        else:
            for match in _emoji().finditer(text, start, end):
                yield match.span()


@lru_cache(maxsize=2048)
def _spans_of_run(run: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _emoji().finditer(run))
