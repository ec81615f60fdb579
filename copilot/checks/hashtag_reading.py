"""A hashtag that reads badly once its words are joined: a rude word appears, or the words cannot be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.text.hashtags import cautions
from copilot.text.tag_rules import written_tags

NAME = "hashtag_reading"
SEVERITY = Severity.WARNS

_SEVERITIES = {"ambiguous": Severity.WARNS, "unreadable": Severity.ADVISES}


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of a rude reading across words; advises capitals where several words are joined in small letters."""
    del context
    tags = [(tag.start, tag.end, tag.written) for tag in written_tags(draft.text, draft.network)]
    tags += [(len(draft.text), len(draft.text), tag) for tag in draft.hashtags]
    for start, end, tag in tags:
        for caution in cautions(tag):
            severity = _SEVERITIES.get(caution.id)
            if severity:
                yield Finding(NAME, severity, start, end, caution.wording, f"#{tag}")


BAD = {
    "fr": (
        Sample("Le marché ouvre samedi.", network="x", hashtags=("ArtisanAlsacien",)),
        Sample("Venez #journéesdupatrimoine.", network="mastodon"),
    ),
    "en": (
        Sample("The album is out.", network="x", hashtags=("SusanAlbumParty",), language="en"),
        Sample("We ride #bikeweekmanchester.", network="mastodon", language="en"),
    ),
}
GOOD = {
    "fr": (Sample("Le concert ouvre samedi #ConcertDeNoël.", network="x", hashtags=("JournéesDuPatrimoine", "vélo")),),
    "en": (Sample("We ride #BikeWeek.", network="x", hashtags=("ClassicAlbums", "cycling"), language="en"),),
}
