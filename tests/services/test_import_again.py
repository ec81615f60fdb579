"""A second import of the same conversation updates it: without ids, with the network said or not, after an erasure."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from copilot.app import Copilot, open_copilot
from copilot.domain.conversation import Message
from copilot.domain.imports import Updated
from copilot.services.conversations import ThreadImported

Row = tuple[str, str, str]

ROWS: list[Row] = [
    ("Léa", "Bonjour je voudrais le prix", "2026-06-05 10:00"),
    ("Bob", "Merci à tous", "2026-06-05 11:00"),
    ("Zoé", "Et les horaires ?", "2026-06-05 12:00"),
]
PASTED: list[Row] = [
    ("Léa Martin", "Toujours pas reçu ma commande !", "3 h"),
    ("Bob Durand", "Moi j’adore 😍", "5 h"),
    ("Zoé", "Où êtes-vous situés ?", "1 j"),
]


@pytest.fixture
async def copilot(begun_profile: Path) -> AsyncIterator[Copilot]:
    made = open_copilot(begun_profile)
    yield made
    await made.aclose()


async def take(copilot: Copilot, content: str, name: str, **options: object) -> ThreadImported:
    done, _count = await copilot.inbox.take_in(content.encode(), name, **options)  # type: ignore[arg-type]  # as in take_in
    return done


def table(rows: Sequence[Row]) -> str:
    return "auteur,texte,date\n" + "".join(f'{author},"{text}",{when}\n' for author, text, when in rows)


def pasted(rows: Sequence[Row]) -> str:
    return "".join(f"{author}\n{text}\n{when}\nJ’aime\nRépondre\n" for author, text, when in rows)


async def messages(copilot: Copilot, done: ThreadImported) -> tuple[Message, ...]:
    return (await copilot.conversations.get(done.thread.id)).messages


async def test_a_table_without_ids_updates_what_it_was(copilot: Copilot) -> None:
    first = await take(copilot, table(ROWS), "juin.csv")
    edited = [(ROWS[0][0], "Bonjour je voudrais le prix du Courlis svp", ROWS[0][2]), *ROWS[1:]]
    done = await take(copilot, table([*edited, ("Kim", "Nouveau venu", "2026-06-05 13:00")]), "juin bis.csv")
    assert (done.thread.id, done.updated) == (first.thread.id, Updated(added=1, changed=1, unchanged=2))
    assert (await messages(copilot, done))[0].text == edited[0][1]


async def test_what_was_pasted_again_later_updates_what_it_was(copilot: Copilot) -> None:
    first = await take(copilot, pasted(PASTED), "hier.txt")
    later = [(author, text, "8 h") for author, text, _when in PASTED]
    done = await take(copilot, pasted([*later, ("Kim", "Une toute nouvelle question ?", "2 min")]), "ce soir.txt")
    assert (done.thread.id, done.updated) == (first.thread.id, Updated(added=1, unchanged=3))


async def test_the_newest_first_or_the_oldest_first_is_one_conversation(copilot: Copilot) -> None:
    first = await take(copilot, pasted(PASTED), "hier.txt")
    done = await take(copilot, pasted(PASTED[::-1]), "ce soir.txt")
    assert (done.thread.id, done.updated) == (first.thread.id, Updated(unchanged=3))


async def test_an_edited_message_without_a_date_is_not_doubled(copilot: Copilot) -> None:
    rows = [*PASTED, ("Ana", "Bonjour, je cherche un vélo pour ma fille", "2 h")]
    first = await take(copilot, pasted(rows), "hier.txt")
    edited = [*PASTED, ("Ana", "Bonjour, je cherche un vélo pour ma fille de 8 ans", "4 h")]
    done = await take(copilot, pasted(edited), "ce soir.txt")
    assert (done.thread.id, done.updated) == (first.thread.id, Updated(changed=1, unchanged=3))


async def test_dates_written_otherwise_double_nothing(copilot: Copilot) -> None:
    first = await take(copilot, table(ROWS), "juin.csv")
    rounded = [(author, text, f"{when}:42") for author, text, when in ROWS]
    done = await take(copilot, table(rounded), "juin bis.csv")
    assert (done.thread.id, done.updated) == (first.thread.id, Updated(unchanged=3))


async def test_what_replies_answer_is_found_by_the_ids_that_are_kept(copilot: Copilot) -> None:
    long = [PASTED[0], ("Bob Durand", "Moi je les trouve très réussis", "5 h"), PASTED[2]]
    first = await take(copilot, pasted(long), "hier.txt")
    told = {one.author.name: one.external_id for one in await messages(copilot, first)}
    rows = [(author, text, "2026-06-05 10:00") for author, text, _when in long]
    header, *lines = table(rows).splitlines()
    numbered = [f"7000{n},{line}," for n, line in enumerate(lines)]
    ours = '70009,Atelier,"Nous regardons, Léa",2026-06-05 10:30,70000'
    content = "\n".join([f"id,{header},parent", *numbered, ours, ""])
    done = await take(copilot, content, "avec des numéros.csv")
    assert done.thread.id == first.thread.id
    now = {one.author.name: one for one in await messages(copilot, done)}
    assert {name: now[name].external_id for name in told} == told
    assert now["Atelier"].parent_id == told["Léa Martin"]


MERCI = [("Marie", "Merci", ""), ("Paul", "Bravo", ""), ("Lou", "Merci beaucoup !", "")]
APART: dict[str, tuple[list[Row], list[Row]]] = {
    "words anybody says": (
        [*MERCI, ("Léa", "Où est ma commande numéro douze ?", "")],
        [*MERCI, ("Zoé", "Faites-vous des vélos pour enfants ?", "")],
    ),
    "one copied text": (
        [(f"Client {n}", "Boycott !", "") for n in range(8)] + [(f"A{n}", f"Question {n}", "") for n in range(3)],
        [(f"Client {n}", "Boycott !", "") for n in range(8)] + [(f"B{n}", f"Remarque {n}", "") for n in range(3)],
    ),
    "the same words on another day": (
        [(author, text, "2026-06-05 10:00") for author, text, _when in PASTED],
        [(author, text, "2026-06-08 18:00") for author, text, _when in PASTED],
    ),
    "the same words of other people": (ROWS, [(f"{author} B", text, when) for author, text, when in ROWS]),
    "less than half": (
        [*ROWS, *((f"A{n}", f"Une question numéro {n} bien à moi", "2026-06-05 15:00") for n in range(9))],
        [*ROWS, *((f"B{n}", f"Une remarque numéro {n} bien à elle", "2026-06-05 16:00") for n in range(9))],
    ),
}


@pytest.mark.parametrize("names", [("un.csv", "deux.csv"), ("export.csv", "export.csv")])
@pytest.mark.parametrize("case", APART)
async def test_what_they_share_does_not_make_them_one(copilot: Copilot, case: str, names: tuple[str, str]) -> None:
    before, after = APART[case]
    first = await take(copilot, table(before), names[0])
    done = await take(copilot, table(after), names[1])
    assert (done.thread.id != first.thread.id, done.updated) == (True, None)


@pytest.mark.parametrize("networks", [("facebook_page", ""), ("", "fb")])
async def test_the_network_said_or_not_is_one_conversation(copilot: Copilot, networks: tuple[str, str]) -> None:
    with_ids = (
        "id,author,text,date,parent\n1001,Léa Martin,Toujours rien reçu,2026-11-21T20:00:00Z,\n1002,Bob,Pareil,,\n"
    )
    first = await take(copilot, with_ids, "inc.csv", network=networks[0])
    done = await take(copilot, with_ids, "inc.csv", network=networks[1])
    assert (done.thread.id, done.updated) == (first.thread.id, Updated(unchanged=2))
    assert done.thread.network == "facebook_page"
    other = await take(copilot, with_ids, "inc.csv", network="x")
    assert other.thread.id != first.thread.id


@pytest.mark.parametrize("content", [table(ROWS), pasted(PASTED), table(ROWS[:1]), table([("Léa", "Merci", "")])])
@pytest.mark.parametrize("networks", [("facebook_page", ""), ("", "facebook_page"), ("", "")])
async def test_who_was_erased_does_not_come_back(copilot: Copilot, content: str, networks: tuple[str, str]) -> None:
    first = await take(copilot, content, "fil.csv", network=networks[0])
    person = (await messages(copilot, first))[0].author.name
    await copilot.privacy.erase(person, "Nora", exact=person)
    await take(copilot, content + "\n", "fil.csv", network=networks[1])
    threads = await copilot.inbox.threads()
    told = [one for thread in threads for one in (await copilot.conversations.get(thread.thread.id)).messages]
    assert [one.author.name for one in told if one.author.name == person] == []
    assert len(threads) == 1


async def test_who_was_erased_is_awaited_by_no_reply(copilot: Copilot) -> None:
    rows = "id,parent,auteur,texte\n90001,lea75,Bob,Moi aussi\n90002,,Zoé,Bonjour\n90003,90002,Max,Salut\n"
    await take(copilot, rows, "un.csv")
    await take(copilot, "auteur,handle,texte\nLéa,lea75,Autre chose\n", "deux.csv")
    await copilot.privacy.erase("lea75", "Nora", exact="lea75")
    with copilot.store().read() as work:
        assert work.imports.awaited(1) == set()
