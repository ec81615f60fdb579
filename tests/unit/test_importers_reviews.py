"""Google reviews, WordPress comments and Meta's downloads."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from copilot.importers.threads import load_thread, open_thread
from copilot.importers.threads.google_reviews import original

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def loaded(content: Any, name: str, captured_at: datetime = NOW) -> Any:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    thread = load_thread(raw, "-", captured_at=captured_at)
    assert thread.format == name
    return thread


def warned(thread: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(said.key.removeprefix("thread.warn."), dict(said.params)) for said in thread.warnings]


class TestGoogle:
    def review(self, own: str, **more: Any) -> dict[str, Any]:
        who = {"displayName": "Léa", "profilePhotoUrl": "https://lh3.example/x"}
        said = {"reviewId": own, "reviewer": who, "starRating": "THREE", "comment": "Bien"}
        return {"name": f"accounts/1/locations/2/reviews/{own}", **said, "createTime": "2026-11-20T10:00:00Z", **more}

    def load(self, content: Any) -> Any:
        return loaded(content, "google_reviews")

    @pytest.mark.parametrize(
        ("shown", "kept"),
        [
            ("(Translated by Google) Good\nplace\n\n(Original)\nBon\nendroit", "Bon\nendroit"),
            ("Bon endroit\n\n(Translated by Google)\nGood place", "Bon endroit"),
            ("(Traduit par Google) Bon\n\n(Avis d’origine)\nGood", "Good"),
            ("(Original)\nBon\n\n(Translated by Google)\nGood", "Bon"),
            ("(Translated by Google) Good", "Good"),
            ("Un café (Original) et bon", "Un café (Original) et bon"),
            ("Texte (Translated by Google) fin", "Texte (Translated by Google) fin"),
            ("(Original)", "(Original)"),
            ("", ""),
        ],
    )
    def test_a_translation_is_left_for_what_was_written(self, shown: str, kept: str) -> None:
        assert original(shown) == kept

    @pytest.mark.parametrize(
        ("stars", "rating"), [("ONE", 1), ("FIVE", 5), (4, 4), ("2", 2), (None, None), ("x", None)]
    )
    def test_stars(self, stars: Any, rating: float | None) -> None:
        assert self.load({"reviews": [self.review("a", starRating=stars)]}).messages[0].rating == rating

    def test_a_rating_alone_is_kept_and_told(self) -> None:
        found = self.load({"reviews": [self.review("a", comment=None), self.review("b")]})
        assert [(message.text, message.rating) for message in found.messages] == [("", 3), ("Bien", 3)]
        assert warned(found) == [("ratings_only", {"count": 1})]

    def test_neither_words_nor_stars_is_nothing(self) -> None:
        unsaid = self.review("a", comment="", starRating="STAR_RATING_UNSPECIFIED")
        found = self.load({"reviews": [unsaid, self.review("b")]})
        assert len(found.messages) == 1
        assert warned(found) == [("no_text_at", {"position": 1})]

    def test_the_owner_s_reply_is_below_its_review(self) -> None:
        reply = {"comment": "Thanks\n\n(Translated by Google)\nMerci", "updateTime": "2026-11-20T11:00:00Z"}
        content = {"title": "Atelier", "reviews": [self.review("a", reviewReply=reply)]}
        first, second = self.load(content).messages
        assert (second.parent_id, second.text, second.author.is_owner) == ("a", "Thanks", True)
        assert second.author.name == "Atelier"
        assert not first.author.is_owner

    def test_anonymous_edited_and_without_ids(self) -> None:
        hidden = self.review("a", reviewer={"displayName": "Un utilisateur", "isAnonymous": True})
        nameless = {"starRating": "ONE", "comment": "Non", "reviewReply": {"comment": "Pardon"}}
        found = self.load({"reviews": [hidden, self.review("b", updateTime="2026-11-20T12:00:00Z"), nameless]})
        assert found.messages[0].author.name == ""
        assert found.messages[1].edited_at == datetime(2026, 11, 20, 12, tzinfo=UTC)
        assert found.messages[3].parent_id == found.messages[2].external_id

    def test_more_pages(self) -> None:
        assert warned(self.load({"reviews": [self.review("a")], "nextPageToken": "x"})) == [("more_pages", {})]
        assert warned(self.load({"reviews": [self.review("a")], "totalReviewCount": 9})) == [("more_pages", {})]
        pages = [{"reviews": [self.review("a")], "nextPageToken": "x"}, {"reviews": [self.review("b")]}]
        assert warned(self.load(pages)) == []

    def test_several_places_and_lists_without_a_page(self) -> None:
        places = {"locationReviews": [{"name": "accounts/1/locations/2", "review": self.review("a")}]}
        for content in (places, [self.review("a")], self.review("a"), {"result": {"reviews": [self.review("a")]}}):
            assert [message.external_id for message in self.load(content).messages] == ["a"]

    def test_reviews_of_the_map(self) -> None:
        new = {
            "displayName": {"text": "Atelier"},
            "reviews": [
                {
                    "name": "places/x/reviews/y",
                    "rating": 4,
                    "text": {"text": "Good"},
                    "originalText": {"text": "Bon", "languageCode": "fr"},
                    "authorAttribution": {"displayName": "Léa", "uri": "https://maps.example/contrib/1"},
                    "publishTime": "2026-11-20T10:00:00Z",
                }
            ],
        }
        message = self.load(new).messages[0]
        assert (message.text, message.rating, message.author.name) == ("Bon", 4, "Léa")
        assert "contrib" not in repr(message)
        old = {"author_name": "Léa", "rating": 5, "text": "Top", "time": 1795168800, "profile_photo_url": "x"}
        found = self.load({"result": {"name": "Atelier", "reviews": [old]}})
        assert (found.title, found.messages[0].rating) == ("Atelier", 5)


class TestWordPress:
    def comment(self, own: int, html: str = "<p>Bonjour</p>\n", **more: Any) -> dict[str, Any]:
        said = {
            "id": own,
            "post": 12,
            "parent": 0,
            "author": 0,
            "author_name": "Léa",
            "date_gmt": "2026-11-20T10:00:00",
        }
        return {**said, "content": {"rendered": html}, "status": "approved", "type": "comment", **more}

    def load(self, content: Any, captured_at: datetime = NOW) -> Any:
        return loaded(content, "wordpress_rest", captured_at)

    def test_addresses_and_ips_are_left_behind_and_counted(self) -> None:
        private = {"author_email": "lea@exemple.fr", "author_ip": "192.0.2.1", "author_url": "https://lea.example"}
        found = self.load([self.comment(1, **private), self.comment(2, author_email="")])
        assert warned(found) == [("personal_dropped", {"count": 2, "what": "contacts"})]
        assert not any(value in repr(found.messages) for value in private.values())

    def test_states(self) -> None:
        states = ("approved", "hold", "spam", "trash")
        found = self.load([self.comment(i + 1, status=state) for i, state in enumerate(states)])
        assert [(m.hidden, m.deleted) for m in found.messages] == [
            (False, False),
            (True, False),
            (True, False),
            (False, True),
        ]

    def test_html_names_links_and_parents(self) -> None:
        html = "<p>l&#8217;été<br />\n&lt;b&gt;</p>\n<p>fin</p>\n"
        link = "https://blog.example/a/#comment-2"
        found = self.load(
            {"comments": [self.comment(1), self.comment(2, html, parent=1, link=link, author_name="A &amp; B")]}
        )
        message = found.messages[1]
        assert (message.text, message.parent_id, message.link) == ("l’été\n<b>\nfin", "1", link)
        assert message.author.name == "A & B"

    def test_times_without_a_zone_are_those_of_greenwich_else_of_the_person(self) -> None:
        paris = NOW.astimezone(timezone(timedelta(hours=1)))
        items = [self.comment(1), self.comment(2, date_gmt=None, date="2026-11-20T11:00:00")]
        assert {message.created_at for message in self.load(items, paris).messages} == {
            datetime(2026, 11, 20, 10, tzinfo=UTC)
        }

    def test_pingbacks_are_no_comments_and_who_wrote_the_post_is_ours(self) -> None:
        embedded = {"_embedded": {"up": [{"author": 3, "title": {"rendered": "L&#8217;article"}}]}}
        found = self.load(
            [self.comment(1, type="pingback"), self.comment(2, author=3, **embedded), self.comment(3, author=4)]
        )
        assert [message.author.is_owner for message in found.messages] == [True, False]
        assert found.title == "L’article"
        assert warned(found) == [("pingbacks_dropped", {"count": 1})]

    def test_a_parent_that_is_not_there(self) -> None:
        assert [kind for kind, _ in warned(self.load([self.comment(1, parent=99)]))] == ["orphan"]


def spoilt(text: str) -> str:
    return text.encode().decode("latin-1")


class TestMetaDownload:
    def entry(
        self, text: str, comment: str = "Comment", owner: str = "Media Owner", time: str = "Time"
    ) -> dict[str, Any]:
        fields = {spoilt(comment): {"href": "", "value": spoilt(text), "timestamp": 0}}
        fields |= {spoilt(owner): {"value": "hugo.marin"}, spoilt(time): {"value": "", "timestamp": 1795168800}}
        return {"media_list_data": [{"uri": ""}], "string_map_data": fields}

    def load(self, content: Any) -> Any:
        return loaded(content, "meta_download")

    @pytest.mark.parametrize(
        ("comment", "owner", "time"),
        [
            ("Comment", "Media Owner", "Time"),
            ("Commentaire", "Propriétaire du contenu multimédia", "Heure"),
            ("Comentario", "Propietario del contenido multimedia", "Hora"),
            ("Kommentar", "Medieninhaber", "Zeit"),
            ("Commento", "Proprietario del contenuto multimediale", "Ora"),
            ("Reactie", "Eigenaar van media", "Tijd"),
        ],
    )
    def test_the_language_of_the_account_does_not_matter(self, comment: str, owner: str, time: str) -> None:
        found = self.load([self.entry("Déjà vu 😍", comment, owner, time)])
        message = found.messages[0]
        assert message.text == "Déjà vu 😍"
        assert message.created_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
        assert message.author.is_owner
        assert "hugo.marin" not in repr(message)
        assert found.network == "instagram"
        assert warned(found) == [("mojibake_repaired", {"count": 1}), ("own_comments_only", {})]

    def test_a_lone_comment_may_be_an_object_and_lists_may_have_a_name(self) -> None:
        one = self.entry("Oui")
        for content in (one, [one], {"comments_reels_comments": [one]}, {"comments_media_comments": one}):
            assert [message.text for message in self.load(content).messages] == ["Oui"]

    def test_only_what_was_spoilt_is_put_right(self) -> None:
        entry = self.entry("x")
        entry["string_map_data"]["Comment"]["value"] = "déjà « bon » Ã l’œil"
        found = self.load([entry])
        assert found.messages[0].text == "déjà « bon » Ã l’œil"
        assert warned(found) == [("own_comments_only", {})]

    def test_facebook_names_the_account_and_may_lack_words(self) -> None:
        said = {"timestamp": 1795168800, "comment": spoilt("Très bien"), "author": spoilt("Léa"), "group": "Les amis"}
        silent = {
            "timestamp": 1,
            "data": [{"comment": {"comment": "", "author": "x"}}],
            "title": "y",
            "attachments": [],
        }
        entry = {
            "timestamp": 1795168800,
            "data": [{"comment": said}],
            "title": spoilt("Léa a commenté sa publication."),
        }
        for name in ("comments_v2", "group_comments_v2"):
            found = self.load({name: [entry, silent, {"timestamp": 2, "title": "z"}]})
            assert [(message.text, message.author.name) for message in found.messages] == [("Très bien", "Léa")]
            assert found.network == "facebook_page"
            assert [kind for kind, _ in warned(found)].count("no_text_at") == 2

    def test_the_form_with_labels_and_the_oldest_one(self) -> None:
        labels = [{"label": "Commentaire", "value": spoilt("Été")}, {"label": "Heure", "timestamp_value": 1795168800}]
        message = self.load([{"label_values": labels, "fbid": "77"}]).messages[0]
        assert (message.text, message.external_id) == ("Été", "77")
        assert message.created_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
        old = {"media_comments": [["2019-05-04T10:00:00+00:00", spoilt("Été"), "hugo"]], "live_comments": []}
        assert self.load(old).messages[0].text == "Été"


def test_the_place_reviewed_is_what_the_conversation_is_called() -> None:
    content = {"reviews": [{"name": "accounts/1/locations/2/reviews/a", "starRating": "ONE", "comment": "Non"}]}
    reading = open_thread(json.dumps(content).encode(), "-", captured_at=NOW)
    list(reading.drafts())
    assert reading.told.origin == "accounts/1/locations/2"
