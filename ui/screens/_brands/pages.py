"""The tabs of a brand: the one in front is made at once, the others in turns of the event loop after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from ui.desk import Desk
from ui.icons import icon
from ui.screens._brands.contact_tab import ContactTab
from ui.screens._brands.editing import Editing
from ui.screens._brands.facts_tab import FactsTab
from ui.screens._brands.row_tabs import CharterTab, HashtagsTab, RepliesTab
from ui.screens._brands.tab import BrandTab
from ui.screens._brands.voice_tab import VoiceTab
from ui.tokens import SPACE
from ui.turns import Turns
from ui.widgets.basic import column, no_icon


def _checks_tab(desk: Desk, editing: Editing) -> BrandTab:
    from ui.screens._brands.rules_tab import ChecksTab

    return ChecksTab(desk, editing)


#: The tabs in order.
TABS: dict[str, Callable[[Desk, Editing], BrandTab]] = {
    "voice": VoiceTab, "facts": FactsTab, "playbooks": RepliesTab, "hashtags": HashtagsTab, "charter": CharterTab,
    "contact": ContactTab, "checks": _checks_tab,
}  # fmt: skip
#: Made when they are first shown, and not before: they ask the services for something.
LATE = frozenset({"checks"})


class Pages(QTabWidget):
    """A page is made when it is first needed: all at once take the window a third of a second."""

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__()
        self._desk, self._editing = desk, editing
        self._made: dict[str, BrandTab] = {}
        self._places: dict[str, QWidget] = {}
        self._turns = Turns(self)
        self._today: date | None = None
        t = desk.t
        self.setDocumentMode(True)
        self.setUsesScrollButtons(True)
        self.tabBar().setExpanding(False)
        self.tabBar().setDrawBase(False)
        self.setAccessibleName(t("ui.brands.tabs"))
        self.tabBar().setAccessibleName(t("ui.brands.tabs"))
        titles = {
            "voice": t("ui.brands.tab.voice"),
            "facts": t("ui.brands.tab.facts"),
            "playbooks": t("ui.brands.tab.replies"),
            "hashtags": t("ui.brands.tab.hashtags"),
            "charter": t("ui.brands.tab.charter"),
            "contact": t("ui.brands.tab.contact"),
            "checks": t("ui.brands.tab.checks"),
        }
        for name in TABS:
            self._places[name] = place = QWidget()
            column(space=0, parent=place)
            self.addTab(place, titles[name])
        self.currentChanged.connect(lambda _place: self._make_front())

    @property
    def current(self) -> str:
        """The name of the tab in front; empty when it is none of a brand's parts."""
        place = self.currentWidget()
        return next((name for name, one in self._places.items() if one is place), "")

    @property
    def made(self) -> dict[str, BrandTab]:
        """The pages there are so far, by name."""
        return self._made

    def page(self, name: str) -> BrandTab:
        """A page: voice, facts, playbooks, hashtags, charter, contact, checks."""
        if name not in self._made:
            self._make(name)
        return self._made[name]

    def show_page(self, name: str) -> None:
        """Bring a page to the front."""
        if name in self._places:
            self.page(name)
            self.setCurrentWidget(self._places[name])

    def show_brand(self) -> None:
        """Show the brand under edit: in front now, on the other pages after the window has drawn it."""
        self._make_front()
        for page in self._made.values():
            page.show_brand()
        if self._turns.is_done:
            left = [name for name in TABS if name not in self._made and name not in LATE]
            self._turns.add(*(partial(self.page, name) for name in left), self.warn_of_facts)

    def make_all(self) -> None:
        """Make the pages that are not there yet, now."""
        for name in TABS:
            self.page(name)

    def set_today(self, today: date) -> None:
        """The day it is where the brand is."""
        self._today = today
        facts = self._made.get("facts")
        if isinstance(facts, FactsTab):
            facts.set_today(today)

    def warn_of_facts(self) -> None:
        """Point at the tab of the facts when some are over or end soon."""
        facts = self._made.get("facts")
        if not isinstance(facts, FactsTab):
            return
        place = self.indexOf(self._places["facts"])
        over, soon = facts.over(), facts.soon()
        colours = self._desk.theme.colours
        sign = icon("triangle-alert", colours.danger if over else colours.warn) if over or soon else no_icon()
        self.setTabIcon(place, sign)
        said = facts.said() if over or soon else ""
        self.setTabToolTip(place, said)
        self.tabBar().setAccessibleTabName(place, f"{self.tabText(place)} : {said}" if said else "")

    def _make_front(self) -> None:
        if self._editing.is_open and self.current:
            self.page(self.current)

    def _make(self, name: str) -> None:
        page = self._made[name] = TABS[name](self._desk, self._editing)
        if (inner := page.layout()) is not None:
            margins = inner.contentsMargins()
            inner.setContentsMargins(margins.left(), SPACE[3], margins.right(), margins.bottom())
        chain = focus_chain(page)
        before = place = self._places[name]
        holder = place.layout()
        assert holder is not None  # made with one
        holder.addWidget(page)
        for one in chain:
            # Made later than the window, it would come last for Tab, not where it is seen.
            QWidget.setTabOrder(before, one)
            before = one
        if isinstance(page, FactsTab) and self._today is not None:
            page.set_today(self._today)
        if self._editing.is_open:
            page.show_brand()


def focus_chain(page: QWidget) -> list[QWidget]:
    """What Tab stops at in ``page``, in order, while it is a window of its own."""
    chain: list[QWidget] = []
    one = page.nextInFocusChain()
    while one is not None and one is not page:
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus:
            chain.append(one)
        one = one.nextInFocusChain()
    return chain
