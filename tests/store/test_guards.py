"""The first law is held by the database: raw SQL, with no code of ours, cannot break it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import Integer, exc, select, text

from copilot.domain.item import Approval, Item, Status
from copilot.domain.review import Action, ReviewState, decide
from copilot.errors import UserError
from copilot.store.tables import decisions
from copilot.store.unit_of_work import Store
from tests.store.samples import NOON, approve, approved, draft, status_of

OTHER = "f" * 64


def raw(store: Store, statement: str, **values: object) -> None:
    """Run SQL as somebody with the file in hand would."""
    with store._engine.begin() as connection:
        connection.execute(text(statement), values)


def refused(store: Store, statement: str, **values: object) -> str:
    with pytest.raises(exc.DBAPIError) as caught:
        raw(store, statement, **values)
    return str(caught.value.orig)


def asked_to_change(store: Store, reason: str) -> Item:
    """An item that was approved, then sent back with this reason."""
    item = approved(store)
    with store.write() as work:
        state, decision = decide(
            ReviewState(item.status, item.approval, (item.author,)),
            Action.REQUEST_CHANGES,
            by="Nora",
            at=NOON,
            present_hash=item.package.sha256,
            reason=reason,
        )
        return work.items.save_decision(replace(item, status=state.status, approval=state.approval), decision)


APPROVAL = "approval_hash = package_hash, approved_by = 'Nora', approved_at = '2026-11-21T12:00:00.000000+00:00'"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("status = 'approved'", id="status alone"),
        pytest.param("status = 'scheduled'", id="scheduled"),
        pytest.param("status = 'published'", id="published"),
        pytest.param(f"status = 'approved', {APPROVAL}", id="status and approval without a decision"),
        pytest.param("approval_hash = package_hash", id="approval on a draft"),
        pytest.param("status = 'sent'", id="a status that does not exist"),
    ],
)
def test_a_draft_cannot_be_made_approved(store: Store, change: str) -> None:
    with store.write() as work:
        item = work.items.add(draft(), NOON)
    refused(store, f"UPDATE items SET {change} WHERE id = :id", id=item.id)
    assert status_of(store, item.id) is Status.DRAFT


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("text = 'Autre chose'", id="text"),
        pytest.param("hashtags = '[]'", id="hashtags"),
        pytest.param("account = '@autre'", id="account"),
        pytest.param("network = 'linkedin'", id="network"),
        pytest.param('media = \'[["aa","",""]]\'', id="media"),
        pytest.param("planned_local = '2027-01-01T10:00', planned_zone = 'Europe/Paris'", id="planned time"),
        pytest.param(f"answers = '{OTHER}'", id="answered message"),
        pytest.param(
            f"text = 'Autre', package_hash = '{OTHER}', revision = revision + 1", id="renewed, still approved"
        ),
        pytest.param(
            f"text = 'Autre', package_hash = '{OTHER}', approval_hash = '{OTHER}', revision = revision + 1",
            id="approval moved to the new bytes",
        ),
        pytest.param("approved_by = 'Quelqu’un d’autre'", id="approver"),
        pytest.param(f"approval_hash = '{OTHER}'", id="approval of other bytes"),
    ],
)
def test_an_approved_item_cannot_change_in_place(store: Store, change: str) -> None:
    item = approved(store)
    refused(store, f"UPDATE items SET {change} WHERE id = :id", id=item.id)
    with store.read() as work:
        assert work.items.get(item.id) == item


def test_an_old_decision_does_not_revive_an_approval(store: Store) -> None:
    item = approved(store)
    with store.write() as work:
        edited = work.items.save_content(
            draft("Autre texte", id=item.id, status=Status.DRAFT, approval=None, revision=item.revision), "Léa", NOON
        )
        back = work.items.save_content(
            draft(item.text, id=item.id, status=Status.DRAFT, approval=None, revision=edited.revision), "Léa", NOON
        )
    assert back.package.sha256 == item.package.sha256
    message = refused(store, f"UPDATE items SET status = 'approved', {APPROVAL} WHERE id = :id", id=item.id)
    assert "no_decision" in message


def test_an_item_is_never_born_approved(store: Store) -> None:
    item = draft()
    claimed = draft(status=Status.APPROVED, approval=Approval(item.package.sha256, "Nora", NOON))
    with pytest.raises(UserError, match="no_decision"), store.write() as work:
        work.items.add(claimed, NOON)


@pytest.mark.parametrize("digest", ["own", "other"])
def test_nothing_unapproved_is_recorded_as_exported(store: Store, digest: str) -> None:
    with store.write() as work:
        item = work.items.add(draft(), NOON)
    chosen = item.package.sha256 if digest == "own" else OTHER
    with pytest.raises(UserError) as caught, store.write() as work:
        work.items.record_exports([(item.id, chosen)], "json", OTHER, NOON)
    assert caught.value.kind == "store.not_approved"


def test_an_approved_item_is_not_exported_under_another_hash(store: Store) -> None:
    item = approved(store)
    with pytest.raises(UserError) as caught, store.write() as work:
        work.items.record_exports([(item.id, OTHER)], "json", OTHER, NOON)
    assert caught.value.kind == "store.not_approved"
    with store.write() as work:
        work.items.record_exports([(item.id, item.package.sha256)], "json", OTHER, NOON)


@pytest.mark.parametrize("table", ["decisions", "audit", "exports"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_records_are_append_only(store: Store, table: str, statement: str) -> None:
    if statement.startswith("TRUNCATE") and store._engine.dialect.name == "sqlite":
        statement = "DELETE FROM {} WHERE true"  # SQLite has no other way of emptying a table
    item = approved(store)
    with store.write() as work:
        work.audit.append(NOON, "Nora", "approve", f"item:{item.id}", {})
        work.items.record_exports([(item.id, item.package.sha256)], "json", OTHER, NOON)
    assert "append_only" in refused(store, statement.format(table))


def rows_of_decisions(store: Store) -> list[tuple[object, ...]]:
    with store._engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(decisions).order_by(decisions.c.id))]


REASON = list(decisions.c).index(decisions.c.reason)


def but_their_reasons(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [(*row[:REASON], *row[REASON + 1 :]) for row in rows]


def test_the_reason_of_a_decision_can_be_reworded(store: Store) -> None:
    item = asked_to_change(store, "Répondre à Zoé Martin d’abord.")
    before = rows_of_decisions(store)
    raw(store, "UPDATE decisions SET reason = 'Répondre à […] d’abord.' WHERE reason <> ''")
    after = rows_of_decisions(store)
    assert [row[REASON] for row in after] == ["", "Répondre à […] d’abord."]
    assert but_their_reasons(after) == but_their_reasons(before)
    with store.read() as work:
        assert work.items.get(item.id) == item


def test_reasons_are_reworded_where_they_are_asked_to_be(store: Store) -> None:
    one, other = asked_to_change(store, "Zoé attend"), asked_to_change(store, "Zoé attend aussi")
    before = rows_of_decisions(store)

    def without(reason: str) -> str:
        return reason.replace("Zoé", "[…]")

    with store.write() as work:
        assert work.items.reword_reasons(without, item_ids=[]) == 0
        assert work.items.reword_reasons(without, thread_id=1) == 0, "posts are in no thread"
        assert work.items.reword_reasons(without, item_ids=[one.id]) == 1
        assert work.items.reword_reasons(without) == 1
        told = [work.items.decisions(item.id)[-1].reason for item in (one, other)]
    assert told == ["[…] attend", "[…] attend aussi"]
    assert but_their_reasons(rows_of_decisions(store)) == but_their_reasons(before)


@pytest.mark.parametrize("also", ["", ", reason = 'Autre'"], ids=["alone", "with the reason"])
@pytest.mark.parametrize("column", [one.name for one in decisions.c if one.name != "reason"])
def test_nothing_but_its_reason_changes_in_a_decision(store: Store, column: str, also: str) -> None:
    asked_to_change(store, "Plus court")
    before = rows_of_decisions(store)
    other = f'"{column}" + 100' if isinstance(decisions.c[column].type, Integer) else "'approve'"
    assert "append_only" in refused(store, f"UPDATE decisions SET \"{column}\" = {other}{also} WHERE reason <> ''")
    assert rows_of_decisions(store) == before


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("by = CAST(by AS BLOB)", id="the bytes of a name"),
        pytest.param("revision = -0.5", id="a number that is none"),
        pytest.param("rowid = rowid + 100", id="the number under its other name"),
        pytest.param("id = 1", id="the place of another decision"),
        pytest.param("item_id = 7, reason = 'x'", id="another item under cover of a reason"),
    ],
)
@pytest.mark.parametrize("verb", ["UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"])
def test_no_other_way_into_a_decision_on_sqlite(sqlite_store: Store, verb: str, change: str) -> None:
    asked_to_change(sqlite_store, "Plus court")
    before = rows_of_decisions(sqlite_store)
    assert sqlite_store.path
    # A connection of somebody else's, without our pragmas.
    with closing(sqlite3.connect(sqlite_store.path)) as db, pytest.raises(sqlite3.DatabaseError, match="append_only"):
        db.execute(f"{verb} decisions SET {change} WHERE reason <> ''")
    assert rows_of_decisions(sqlite_store) == before


def test_an_insertion_does_not_update_a_decision(store: Store) -> None:
    asked_to_change(store, "Plus court")
    before = rows_of_decisions(store)
    copied = "INSERT INTO decisions SELECT * FROM decisions WHERE id = 1 ON CONFLICT (id) DO UPDATE SET action = 'x'"
    assert "append_only" in refused(store, copied)
    assert rows_of_decisions(store) == before


def test_a_reworded_reason_lends_no_approval(store: Store) -> None:
    item = asked_to_change(store, "Plus court")
    raw(store, "UPDATE decisions SET reason = 'approve'")
    message = refused(store, f"UPDATE items SET status = 'approved', {APPROVAL} WHERE id = :id", id=item.id)
    assert "no_decision" in message
    assert status_of(store, item.id) is Status.CHANGES_REQUESTED


def test_a_record_cannot_be_replaced(sqlite_store: Store) -> None:
    item = approved(sqlite_store)
    assert sqlite_store.path
    # A connection of somebody else's, without our pragmas (PostgreSQL has no INSERT OR REPLACE).
    with closing(sqlite3.connect(sqlite_store.path)) as db, pytest.raises(sqlite3.DatabaseError, match="append_only"):
        db.execute(
            "INSERT OR REPLACE INTO decisions SELECT id, item_id, revision, action, 'X', at, reason, package_hash,"
            " status_before, status_after FROM decisions WHERE item_id = ?",
            (item.id,),
        )


def test_a_number_is_not_given_twice(store: Store) -> None:
    item = approved(store)
    raw(store, "DELETE FROM items WHERE id = :id", id=item.id)
    with store.write() as work:
        assert work.items.add(draft(), NOON).id > item.id


def test_approving_again_after_changes_were_requested(store: Store) -> None:
    item = asked_to_change(store, "Plus court")
    refused(store, f"UPDATE items SET status = 'approved', {APPROVAL} WHERE id = :id", id=item.id)
    with store.write() as work:
        assert approve(work, item).status is Status.APPROVED
