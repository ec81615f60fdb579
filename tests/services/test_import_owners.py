"""Replies of the brand are known by its accounts, whatever the format says of who owns the page."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from copilot.app import Copilot, open_copilot
from copilot.domain.brand import Brand
from copilot.domain.conversation import Message
from copilot.services.conversations import ReplyRequest

VELO = Brand(
    "velo",
    "Vélos de la Garonne",
    accounts={
        "facebook_page": "Atelier Vélo",
        "instagram": "@Marque.Officielle",
        "x": "ateliervelo",
        "mastodon": "@velo@social.example",
    },
)
OTHER = Brand("autre", "Autre", accounts={"facebook": "Léa Martin"})

FACEBOOK = {
    "data": [
        {
            "id": "111_1",
            "message": "Toujours pas reçu ma commande, scandaleux !",
            "created_time": "2026-09-01T10:00:00+0000",
            "from": {"name": "Léa Martin", "id": "501"},
            "like_count": 2,
            "comments": {
                "data": [
                    {
                        "id": "111_2",
                        "message": "Bonjour Léa, nous regardons.",
                        "created_time": "2026-09-01T10:30:00+0000",
                        "from": {"name": "ATELIER VELO", "id": "111"},
                    }
                ]
            },
        }
    ]
}
INSTAGRAM = {
    "data": [
        {
            "id": "17812345678901234",
            "text": "Où est ma commande ?",
            "username": "lea.paris",
            "timestamp": "2026-09-01T10:00:00+0000",
            "like_count": 3,
            "replies": {
                "data": [
                    {
                        "id": "17812345678901235",
                        "text": "@lea.paris on regarde !",
                        "username": "marque.officielle",
                        "timestamp": "2026-09-01T10:10:00+0000",
                    }
                ]
            },
        }
    ],
    "paging": {"cursors": {"after": "x"}},
}
EXPORTED = (
    "Post URL:,https://www.facebook.com/marque/posts/1,,,,,,\nExported by,exportcomments.com,,,,,,\n\n"
    ",Name,Profile ID,Date,Likes,Stars,Comment,(view) Source\n"
    "1,Léa Martin,501,2026-09-01 10:00:00,3,,Où est ma commande ?,view\n"
    "1-1,Atelier Vélo,111,2026-09-01 10:30:00,0,,Nous regardons,view\n"
)
TABLE = (
    "id,parent,auteur,handle,texte\n"
    "71001,,Léa Martin,lea75,Où est ma commande ?\n"
    "71002,71001,Service client,@AtelierVelo,Nous regardons\n"
)


@pytest.fixture
async def copilot(begun_profile: Path) -> AsyncIterator[Copilot]:
    made = open_copilot(begun_profile)
    yield made
    await made.aclose()


async def keep(copilot: Copilot, *brands: Brand) -> None:
    for brand in brands:
        await copilot.brands.save(brand, by="Nora")


async def taken(copilot: Copilot, content: object, name: str, **options: str) -> tuple[Message, ...]:
    body = content if isinstance(content, str) else json.dumps(content)
    done, _count = await copilot.inbox.take_in(body.encode(), name, **options)  # type: ignore[arg-type]  # as in take_in
    return (await copilot.conversations.get(done.thread.id)).messages


CASES = {
    "facebook": (FACEBOOK, "fb.json", ""),
    "instagram": (INSTAGRAM, "ig.json", ""),
    "exportcomments": (EXPORTED, "ec.csv", ""),
    "table": (TABLE, "table.csv", "x"),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("said", ["brand", "default", "only"])
async def test_what_an_account_of_the_brand_wrote_is_ours_and_what_it_answers_is_answered(
    copilot: Copilot, case: str, said: str
) -> None:
    content, name, network = CASES[case]
    await keep(copilot, VELO, *(() if said == "only" else (OTHER,)))
    if said == "default":
        copilot.save_settings(replace(copilot.settings, default_brand="velo"))
    told = await taken(copilot, content, name, network=network, brand="velo" if said == "brand" else "")
    assert [(one.author.is_owner, one.answered) for one in told] == [(False, True), (True, False)]


async def test_of_several_brands_none_is_guessed(copilot: Copilot) -> None:
    await keep(copilot, VELO, OTHER)
    told = await taken(copilot, FACEBOOK, "fb.json")
    assert [one.author.is_owner for one in told] == [False, False]


async def test_only_the_account_of_that_network_is_ours(copilot: Copilot) -> None:
    await keep(copilot, VELO)
    rows = "auteur,texte\nAtelier Vélo,Bonjour à tous\nmarque.officielle,Bonjour à toutes\n"
    assert [one.author.is_owner for one in await taken(copilot, rows, "a.csv", network="instagram")] == [False, True]
    assert [one.author.is_owner for one in await taken(copilot, rows, "b.csv", network="fb")] == [True, False]
    assert [one.author.is_owner for one in await taken(copilot, rows, "c.csv", network="youtube")] == [False, False]


async def test_a_shown_name_that_imitates_the_handle_is_not_ours(copilot: Copilot) -> None:
    await keep(copilot, VELO)
    rows = "auteur,handle,texte\nAtelierVelo,@ateliervel0_sav,Envoyez vos codes\nAutre nom,ATELIERVELO,Bonjour\n"
    assert [one.author.is_owner for one in await taken(copilot, rows, "x.csv", network="x")] == [False, True]


async def test_a_server_of_the_fediverse_calls_its_own_by_their_bare_name(copilot: Copilot) -> None:
    await keep(copilot, VELO)
    rows = (
        "auteur,handle,texte,permalien\n"
        "A,velo,Bonjour,https://social.example/@velo/1\n"
        "B,velo,Bonsoir,https://ailleurs.example/@velo/2\n"
        "C,velo@social.example,Salut,\n"
        "D,velo@ailleurs.example,Coucou,\n"
    )
    told = await taken(copilot, rows, "m.csv", network="mastodon")
    assert [one.author.is_owner for one in told] == [True, False, True, False]


async def test_accounts_told_later_mark_what_is_there(copilot: Copilot) -> None:
    assert [one.author.is_owner for one in await taken(copilot, FACEBOOK, "fb.json")] == [False, False]
    await keep(copilot, VELO)
    told = await taken(copilot, FACEBOOK, "fb.json")
    assert [(one.author.is_owner, one.answered) for one in told] == [(False, True), (True, False)]
    assert len(await copilot.inbox.threads()) == 1
    await copilot.brands.remove("velo", by="Nora")
    assert [one.author.is_owner for one in await taken(copilot, FACEBOOK, "fb.json")] == [False, True]


async def test_what_is_answered_on_the_network_gets_no_draft(copilot: Copilot) -> None:
    await keep(copilot, VELO)
    told = await taken(copilot, FACEBOOK, "fb.json")
    asked = ReplyRequest(told[0].thread_id)
    assert [one async for one in copilot.conversations.reply(asked)] == []
    named = [one async for one in copilot.conversations.reply(ReplyRequest(told[0].thread_id, (told[0].id,)))]
    assert len(named) == 1
