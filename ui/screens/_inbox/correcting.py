"""The person says what messages are: kept at once, learnt from beside, and the list stays in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer

from ui.screens._inbox.intents import IntentPopup

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.conversation import Intent
    from copilot.domain.learning import Agreement
    from ui.screens._inbox.screen import InboxScreen

#: Messages corrected at once: each is read, and learnt from.
MOST = 500
#: Milliseconds from the last correction to what is learnt from it.
REST = 500
#: Messages judged before a share of agreement says anything.
TELLING = 5


class Correcting(QObject):
    """The key that corrects calls this."""

    def __init__(self, screen: InboxScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._to_learn: dict[str, None] = {}
        self._is_learning = False
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._learn)

    def ask(self, ids: tuple[int, ...]) -> None:
        """Show the intents beside the current message."""
        screen, t = self._screen, self._screen.t
        if not ids:
            return
        if len(ids) > MOST:
            screen.desk.tell("info", t("ui.correct.too_many", limit=MOST))
            return
        row = screen.known(ids[0])
        triage = row.message.triage if row and len(ids) == 1 else None
        popup = IntentPopup(
            screen.desk, t("ui.correct.title", count=len(ids)), triage.intent if triage else None, screen
        )
        popup.chosen.connect(lambda intent: self.say(ids, intent))
        popup.open_at(self._place())

    def say(self, ids: tuple[int, ...], intent: Intent) -> None:
        """These messages are ``intent``."""
        screen, desk = self._screen, self._screen.desk
        person, brands = desk.person, self._brands(ids)
        screen.reply.keep_for(tuple(row for row in map(screen.known, ids) if row is not None))

        async def keep(copilot: Copilot) -> tuple[tuple[int, ...], Agreement]:
            changed = await copilot.semantic.correct(ids, intent, by=person)
            return changed, await copilot.semantic.agreement(brands[0])

        def kept(told: tuple[tuple[int, ...], Agreement]) -> None:
            changed, agreement = told
            screen.decisions.corrected(changed)
            screen.rows_changed(changed)
            desk.tell(
                "ok", self._said(len(changed), intent, agreement), act_label=desk.t("ui.undo"),
                act=screen.decisions.undo,
            )  # fmt: skip
            screen.refining.learnt()
            self._to_learn.update(dict.fromkeys(brands))
            self._rest.start()

        # Owned by the desk: what a person said is kept even when the screen goes.
        desk.run(keep, kept)

    def _said(self, count: int, intent: Intent, agreement: Agreement) -> str:
        t = self._screen.t
        said = t("ui.correct.done", count=count, intent=t(f"intent.{intent.value}"))
        if agreement.rate is None or agreement.judged < TELLING:
            return said
        share = t.number(round(100 * agreement.rate))
        return f"{said} {t('ui.correct.agreement', share=share, count=agreement.judged)}"

    def _learn(self) -> None:
        """Learn again from all that was said, once the person rests, and one learning at a time."""
        if self._is_learning or not self._to_learn:
            return
        brands, self._to_learn, self._is_learning = tuple(self._to_learn), {}, True

        async def learn(copilot: Copilot) -> None:
            for brand in brands:
                await copilot.semantic.retrain(brand)

        job = self._screen.desk.run(learn, owner=self)
        job.finished.connect(self._learnt)

    def _learnt(self) -> None:
        self._is_learning = False
        self._learn()

    def _brands(self, ids: tuple[int, ...]) -> tuple[str, ...]:
        """The brands of the threads that these messages are of, as far as known."""
        rows = map(self._screen.known, ids)
        of_thread = self._screen.brands.of_thread
        found = dict.fromkeys(of_thread(row.message.thread_id) for row in rows if row is not None)
        return tuple(found) or ("",)

    def _place(self) -> QPoint:
        """Over the foot of the current row, where its intent is written; in the window."""
        view, window = self._screen.list, self._screen.window()
        rect = view.visualRect(view.currentIndex())
        if not view.isVisible() or not view.viewport().rect().intersects(rect):
            return self._screen.mapTo(window, self._screen.rect().center())
        corner = QPoint(rect.left() + rect.width() // 3, rect.bottom() - rect.height() // 3)
        return view.viewport().mapTo(window, corner)
