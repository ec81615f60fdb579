"""A hashtag that harms: of follower exchanges, blocked somewhere, of a mourning or a struggle, banned by the brand."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.brand import VoiceProfile
from copilot.domain.finding import Finding, Severity
from copilot.text.hashtags import cautions
from copilot.text.tag_rules import written_tags

NAME = "hashtag_problem"
SEVERITY = Severity.WARNS


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each tag of the shipped lists of problem tags, or made of words the brand bans."""
    tags = [(tag.start, tag.end, tag.written) for tag in written_tags(draft.text, draft.network)]
    tags += [(len(draft.text), len(draft.text), tag) for tag in draft.hashtags]
    for start, end, tag in tags:
        for caution in cautions(tag, context.brand):
            if caution.id in ("banned", "problem"):
                yield Finding(NAME, Severity.WARNS, start, end, caution.wording, f"#{tag}")


_NO_CHEAP = VoiceProfile(banned=("pas cher", "cheap"))
BAD = {
    "fr": (
        Sample("On roule samedi #like4like.", network="instagram"),
        Sample("On roule samedi.", network="x", hashtags=("JeSuisCharlie",)),
        Sample("On roule samedi.", network="x", hashtags=("VéloPasCher",), voice=_NO_CHEAP),
    ),
    "en": (
        Sample("We ride on Saturday.", network="instagram", hashtags=("FollowForFollow",), language="en"),
        Sample("We ride on Saturday #CheapBikes.", network="x", language="en", voice=_NO_CHEAP),
    ),
}
GOOD = {
    "fr": (Sample("On roule samedi #VéloEnVille.", network="instagram", hashtags=("FêteDuVélo",), voice=_NO_CHEAP),),
    "en": (Sample("We ride on Saturday #CityBike.", network="x", hashtags=("BikeWeek",), language="en"),),
}
