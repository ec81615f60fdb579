"""A hashtag in which a rude word appears once its words are joined."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.text.hashtags import cautions
from copilot.text.tag_rules import written_tags

NAME = "hashtag_reading"
SEVERITY = Severity.WARNS


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each rude reading across words."""
    del context
    tags = [(tag.start, tag.end, tag.written) for tag in written_tags(draft.text, draft.network)]
    tags += [(len(draft.text), len(draft.text), tag) for tag in draft.hashtags]
    for start, end, tag in tags:
        for caution in cautions(tag):
            if caution.id == "ambiguous":
                yield Finding(NAME, SEVERITY, start, end, caution.wording, f"#{tag}")


BAD = {
    "fr": (Sample("Le disque sort vendredi.", network="x", hashtags=("SusanAlbumParty",)),),
    "en": (Sample("The album is out.", network="x", hashtags=("SusanAlbumParty",), language="en"),),
}
GOOD = {
    "fr": (
        Sample(
            "Le concert ouvre samedi #ConcertDeNoël.", network="x", hashtags=("JournéesDuPatrimoine", "ArtisanAlsacien")
        ),
    ),
    "en": (Sample("We ride #BikeWeek.", network="x", hashtags=("ClassicAlbums", "cycling"), language="en"),),
}
