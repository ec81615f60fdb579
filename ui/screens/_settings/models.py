"""What writes: the sources set up, which one is used, adding, trying, changing and removing them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from copilot.settings import ProviderSettings
from ui.desk import Changes, Desk
from ui.screens._settings.found_servers import FoundServers
from ui.screens._settings.parts import Section
from ui.screens._settings.source_form import SourceForm
from ui.screens._settings.sources import PLAYBOOK, SourceLine, title_of
from ui.widgets.basic import button, card, clear, column, label, row

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.providers import Configured, KeyPlace, Kind
    from copilot.settings import Settings

    Undo = Callable[[Copilot], Awaitable[bool]]


class Models(Section):
    """The list, or the form that adds or changes one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.t("ui.settings.models"))
        t = self.t
        self._kinds: tuple[Kind, ...] = ()
        self.form: SourceForm | None = None
        self.lines: dict[str, SourceLine] = {}
        self._list = QWidget()
        column(self._writers(), self._search(), space=4, parent=self._list)
        self._editor = card()
        self._editor_title = label("", "title", wrap=True)
        self._editor_lines = column(
            self._editor_title, label(t("ui.models.form.text"), "muted", wrap=True), space=3, margins=4,
            parent=self._editor,
        )  # fmt: skip
        self._editor.hide()
        self.body.addWidget(self._list)
        self.body.addWidget(self._editor)
        self.body.addStretch(1)
        desk.actions.add(
            self, "settings.models.add", t("ui.models.add"), self.add, group=t("ui.settings.models"), keys="Ctrl+N",
            icon_name="plus",
        )  # fmt: skip

    def load(self) -> None:
        """Ask what is set up, then where the keys are: a keyring may be slow to say."""

        async def work(copilot: Copilot) -> tuple[tuple[Configured, ...], tuple[Kind, ...]]:
            return copilot.providers.list(), copilot.providers.kinds()

        self.desk.run(work, self._show, owner=self)

    def concerns(self, changes: Changes) -> bool:
        """What is set up."""
        return changes.providers or changes.settings

    def add(self, kind: str = "", values: dict[str, str] | None = None) -> None:
        """Show the empty form of a source, or one filled in."""
        self._open(self.t("ui.models.add"), SourceForm(self.desk, self._kinds, kind, values))

    def _writers(self) -> QWidget:
        frame = card()
        self.add_button = button(self.t("ui.models.add"), "primary", run=self.add)
        self._sources = column(space=2)
        head = row(space=2)
        head.addWidget(label(self.t("ui.models.title"), "title", wrap=True), 1)
        head.addWidget(self.add_button)
        column(
            head, label(self.t("ui.models.text"), "muted", wrap=True), self._sources, space=3, margins=4, parent=frame
        )
        return frame

    def _search(self) -> QWidget:
        frame = card()
        self.found = FoundServers(self.desk)
        self.found.chosen.connect(self._use_found)
        title, text = (
            label(self.t("ui.models.search.title"), "title"),
            label(self.t("ui.models.search.text"), "muted", wrap=True),
        )
        column(title, text, self.found, space=3, margins=4, parent=frame)
        return frame

    def _show(self, told: tuple[tuple[Configured, ...], tuple[Kind, ...]]) -> None:
        sources, self._kinds = told
        held = next((name for name, line in self.lines.items() if line.isAncestorOf(self.focusWidget() or line)), "")
        had_focus = bool(held) and self.focusWidget() is not None
        clear(self._sources)
        self.lines = {one.id: SourceLine(self.desk, one) for one in sources}
        for line in self.lines.values():
            line.make_default.connect(self._make_default)
            line.change.connect(self._change)
            line.remove.connect(self._remove)
            self._sources.addWidget(line)
        if had_focus and not self._editor.isVisible():
            (self.lines.get(held) or self.lines[PLAYBOOK]).setFocus()
        with_key = [one.id for one in sources if one.provider != PLAYBOOK and self._takes_key(one)]
        if with_key:
            self._ask_key_places(with_key)

    def _takes_key(self, source: Configured) -> bool:
        fields = next((kind.fields for kind in self._kinds if kind.name == source.provider), ())
        return any(field.kind == "secret" for field in fields)

    def _ask_key_places(self, ids: list[str]) -> None:
        async def work(copilot: Copilot) -> dict[str, KeyPlace]:
            import asyncio

            places = copilot.providers.key_place
            return {one: await asyncio.to_thread(places, one) for one in ids}

        def show(told: dict[str, KeyPlace]) -> None:
            for name, place in told.items():
                if name in self.lines:
                    self.lines[name].show_key_place(place)

        self.desk.run(work, show, owner=self)

    def _make_default(self, source_id: str) -> None:
        before = self.desk.settings.default_provider

        async def work(copilot: Copilot, wanted: str) -> Settings:
            copilot.providers.set_default(wanted)
            return copilot.settings

        def use(wanted: str, *, told: bool) -> None:
            self.desk.run(lambda copilot: work(copilot, wanted), partial(done, told=told))

        def done(new: Settings, *, told: bool) -> None:
            self._changed(new)
            if told:
                self.desk.tell(
                    "ok", self.t("ui.models.default_changed"), act_label=self.t("ui.undo"),
                    act=lambda: use(before, told=False),
                )  # fmt: skip

        use(source_id, told=True)

    def _changed(self, new: Settings) -> None:
        self.desk.settings = new
        self.desk.announce(Changes(settings=True, providers=True))

    def _use_found(self, found: ProviderSettings) -> None:
        self.add(found.provider, dict(found.values))

    def _change(self, source: Configured) -> None:
        title = self.t("ui.models.change_named", name=title_of(self.t, source))
        form = SourceForm(
            self.desk, self._kinds, source.provider, source.values, kept_as=source.id, default=source.is_default
        )
        self._open(title, form)

    def _open(self, title: str, form: SourceForm) -> None:
        self._shut()
        self._editor_title.setText(title)
        self.form = form
        self._editor_lines.addWidget(form)
        form.left.connect(self._shut)
        form.kept.connect(self._kept)
        self._list.hide()
        self._editor.show()
        form.form.focus()

    def _shut(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self._editor.hide()
        self._list.show()
        self.add_button.setFocus()

    def _kept(self, source: Configured) -> None:
        self._shut()
        self.desk.tell("ok", self.t("ui.models.kept", name=title_of(self.t, source)))

    def _remove(self, source: Configured) -> None:
        name = title_of(self.t, source)

        def done(told: tuple[Settings, Undo, Exception | None]) -> None:
            new, undo, trouble = told
            self._changed(new)
            if trouble is not None:
                self.desk.tell("warn", self.t("ui.models.removed_key_left", name=name), stays=True)
                return
            self.desk.tell(
                "ok", self.t("ui.models.removed", name=name), act_label=self.t("ui.undo"), act=lambda: bring_back(undo)
            )

        def bring_back(undo: Undo) -> None:
            self.desk.run(lambda copilot: _after(copilot, undo), back)

        def back(told: tuple[Settings, bool]) -> None:
            new, with_key = told
            self._changed(new)
            if not with_key:
                self.desk.tell("warn", self.desk.t("ui.models.back_without_key", name=name), stays=True)

        self.desk.run(lambda copilot: _removed(copilot, source), done)


async def _after(copilot: Copilot, undo: Undo) -> tuple[Settings, bool]:
    with_key = await undo(copilot)
    return copilot.settings, with_key


async def _removed(copilot: Copilot, source: Configured) -> tuple[Settings, Undo, Exception | None]:
    """Remove a source; gives the settings, the way back, and the error when its key could not be removed.

    The key stays in the closure of the way back and never comes to the screen.
    """
    import asyncio

    from copilot.errors import OutsideError
    from copilot.services.providers import secret_name

    place = await asyncio.to_thread(copilot.providers.key_place, source.id)
    key = copilot.secrets.get(secret_name(source.id)) if place.holder in ("run", "keyring") else None
    before = copilot.settings.providers
    trouble: Exception | None = None
    try:
        await asyncio.to_thread(copilot.providers.remove, source.id)
    except OutsideError as error:
        if error.kind != "secret.locked":
            raise
        trouble = error

    async def undo(again: Copilot) -> bool:
        from dataclasses import replace

        add = partial(again.providers.add, source.id, source.provider, source.values, default=source.is_default)
        with_key = True
        try:
            await asyncio.to_thread(add, secret=key, for_this_run=place.holder == "run")
        except OutsideError as error:
            if not error.kind.startswith("secret."):
                raise
            with_key = False
            add(secret=None)
        order = [one.id for one in before]
        now = sorted(again.settings.providers, key=lambda one: order.index(one.id) if one.id in order else len(order))
        again.save_settings(replace(again.settings, providers=tuple(now)))
        return with_key

    return copilot.settings, undo, trouble
