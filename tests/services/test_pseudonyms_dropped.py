"""A person a model drops: the draft is blocked where the text shows it, and a name is never asked of a whole answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.domain.finding import Severity
from copilot.i18n import Translator
from copilot.services.conversations import Answered, ReplyRequest
from copilot.services.grouping import GroupRequest
from copilot.services.rewriting import RewriteKind, Rewritten
from copilot.text.privacy import Vault
from tests.services.bench import demo_brand, opened, thread_of

LATE = "Bonjour, Maëlle Tourneur, commande 1234567 : mon colis n’est toujours pas arrivé"
HOLES = (
    "Bonjour , merci de votre message.",
    "Bonjour [Nom du client], merci de votre message.",
    "Bonjour Mme , nous regardons votre commande.",
    "Bonjour ___, nous regardons votre commande.",
    "Bonjour PERSONNE, nous regardons votre commande.",
)
WHOLE = (
    "Bonjour, merci de votre message. Nous regardons votre commande.",
    "Bonjour cher client, nous regardons votre commande.",
    "Bonjour [[PERSON_1]], nous regardons votre commande.",
    "Nous sommes désolés de ce retard et revenons vers vous demain.",
)


def blocked_by(item_findings: tuple) -> list[str]:
    return [one.wording.key for one in item_findings if one.rule == "pseudonym" and one.severity is Severity.BLOCKS]


async def drafted(copilot: Copilot) -> Answered:
    brand = await demo_brand(copilot)
    told = thread_of(("Maëlle Tourneur", LATE))
    imported = await copilot.conversations.import_thread(told, "fil.jsonl", network="facebook_page")
    request = ReplyRequest(imported.thread.id, (imported.thread.messages[0].id,), provider="essai", brand=brand)
    return [one async for one in copilot.conversations.stream_reply(request) if isinstance(one, Answered)][-1]


@pytest.mark.parametrize("text", HOLES)
async def test_a_generated_reply_with_a_hole_for_the_name_is_blocked(tmp_path: Path, text: str) -> None:
    async with opened(tmp_path, {"text": text}, remote=True) as copilot:
        done = await drafted(copilot)
    assert done.inspected
    assert len(blocked_by(done.inspected.findings)) == 1


@pytest.mark.parametrize("text", WHOLE)
async def test_a_generated_reply_that_has_no_reason_to_name_anybody_is_whole(tmp_path: Path, text: str) -> None:
    async with opened(tmp_path, {"text": text}, remote=True) as copilot:
        done = await drafted(copilot)
    assert done.inspected
    assert blocked_by(done.inspected.findings) == []
    assert "[[" not in done.inspected.item.text


async def test_one_answer_to_a_group_blocks_only_the_drafts_with_a_hole(tmp_path: Path) -> None:
    texts = ("Bonjour , nous cherchons.", "Bonjour, nous cherchons encore.", "Bonjour [[PERSON_9]], nous cherchons.")
    async with opened(tmp_path, *texts, remote=True) as copilot:
        brand = await demo_brand(copilot)
        told = thread_of(*((f"Léa {name}", "Mon colis n’est pas arrivé") for name in ("Aubry", "Borel", "Caron")))
        imported = await copilot.conversations.import_thread(told, "fil.jsonl", network="facebook_page")
        found_groups = await copilot.groups.find(imported.thread.id)
        (group,) = [one for one in found_groups.groups if one.kind.value == "exact"]
        answers = copilot.groups.answer(GroupRequest(group.id, None, "essai", brand, "Nora"))
        found = {one.inspected.item.text: one.inspected async for one in answers
                 if isinstance(one, Answered) and one.inspected}  # fmt: skip
    assert {text: blocked_by(one.findings) for text, one in found.items()} == {
        texts[0]: ["check.pseudonym.dropped"], texts[1]: [], texts[2]: ["check.pseudonym"],
    }  # fmt: skip


TEXT = "Bonjour Maëlle Tourneur, votre vélo est prêt. Appelez Paul Lefèvre au 06 12 34 56 78."


async def rewritten(copilot: Copilot, text: str = TEXT, kind: RewriteKind = RewriteKind.SIMPLER) -> Rewritten:
    item = (await drafted(copilot)).inspected
    assert item
    done = [one async for one in copilot.rewriting.rewrite(item.item.id, kind, provider="essai", text=text)][-1]
    assert isinstance(done, Rewritten)
    return done


@pytest.mark.parametrize(
    ("answer", "lost"),
    [
        ("[[PERSON_1]], appelez [[PERSON_2]] au [[PHONE_1]] : votre vélo est prêt.", ()),
        ("Bonjour, votre vélo est prêt. Appelez [[PERSON_2]] au [[PHONE_1]].", ("Maëlle Tourneur",)),
        ("Bonjour [[PERSON_1]], votre vélo est prêt.", ("Paul Lefèvre", "06 12 34 56 78")),
        ("Bonjour [[ person 1 ]], appelez [[person_2]] au [[PHONE_1]].", ()),
    ],
)
async def test_who_was_in_the_text_is_still_there_once_it_is_written_again(
    tmp_path: Path, answer: str, lost: tuple[str, ...]
) -> None:
    first = "Bonjour, nous regardons votre commande."
    async with opened(tmp_path, first, answer, remote=True) as copilot:
        done = await rewritten(copilot)
    assert done.lost == lost
    keys = blocked_by(done.findings)
    assert keys == ["check.pseudonym.lost"] * len(lost)
    said = " ".join(Translator("fr").wording(one.wording) for one in done.findings)
    assert all(name in said for name in lost)


async def test_a_model_that_sees_the_names_has_no_pseudonym_to_lose(tmp_path: Path) -> None:
    first = "Bonjour, nous regardons votre commande."
    async with opened(tmp_path, first, "Votre vélo est prêt.", remote=False) as copilot:
        assert (await rewritten(copilot)).lost == ()


def test_a_first_name_still_names_somebody() -> None:
    vault = Vault(known_names=["Léa Martin"])
    masked = vault.mask("Bonjour Léa Martin, écrivez à lea@mail.example.")
    assert vault.lost(masked, "Bonjour Léa, écrivez à lea@mail.example.") == ()
    assert vault.lost(masked, "Bonjour.") == ("Léa Martin", "lea@mail.example")
    assert vault.lost("sans personne", "") == ()
