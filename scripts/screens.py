"""Renders the screens with the demo brand: full in both languages and themes, and empty, streaming, with an error.

``scripts/screens [NAME...]`` writes ``docs/screens/NAME-LANGUAGE-THEME.png``, 1280x720, each under 200 kB.
"""

from __future__ import annotations

import asyncio
import io
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# ruff: noqa: E402  # the source tree is put on the path first
from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from copilot.app import open_copilot
from copilot.domain.review import Action
from copilot.paths import assets_dir, profile_at
from copilot.settings import ProviderSettings, Settings
from ui.application import Application, new_application
from ui.desk import Changes
from ui.main_window import MainWindow

TARGET = ROOT / "docs" / "screens"
MOST = 200_000
NETWORKS = ("instagram", "linkedin", "x")
#: A model that writes slowly, and one that fails, for the pictures of both.
SLOW = [{"text": "Lancement du Héron : notre premier vélo cargo arrive. " * 12, "delay": 0.08}] * 40
FAILING = [{"error": "rate_limited"}] * 40


def prepared(folder: Path, *, full: bool) -> Path:
    """A profile with the demo brand; ``full`` with posts, some in review, and two threads."""

    async def fill() -> None:
        copilot = open_copilot(folder)
        demo = assets_dir() / "demo"
        try:
            if full:
                brand = (demo / "brand.toml").read_text(encoding="utf-8")
                await copilot.brands.import_toml(brand, name="brand.toml")
                await _posts(copilot, demo)
                for file in sorted((demo / "threads").iterdir()):
                    await copilot.inbox.load(file.read_bytes(), file.name)
            models = tuple(
                ProviderSettings(name, "scripted", {"script": json.dumps(script)})
                for name, script in (("lent", SLOW), ("en-panne", FAILING))
            )
            copilot.save_settings(Settings(author="Lina", first_run_done=True, providers=models if full else ()))
        finally:
            await copilot.aclose()

    asyncio.run(fill())
    return folder


async def _posts(copilot: Any, demo: Path) -> None:
    from copilot.services.posts import ComposeRequest

    text = (demo / "briefs" / "lancement-heron.md").read_text(encoding="utf-8")
    brand = (await copilot.brands.list())[0]
    request = ComposeRequest(text=text, networks=NETWORKS, variants=2, brand=brand, author="Karim")
    async for one in copilot.posts.compose(request):
        if one.inspected and one.variant == 1:
            await copilot.review.decide(one.inspected.item.id, Action.SUBMIT, by="Karim")


def incident() -> bytes:
    """A thread after an incident: comments that say the same in many ways, three minutes apart until now."""
    said = (ROOT / "tests" / "data" / "evals" / "groups.jsonl").read_text(encoding="utf-8").splitlines()
    names = ("Léa Fontan", "Hugo Marin", "Inès Roche", "Karim Belaïd", "Zoé Lambert", "Tom Garnier", "Ana Sousa")
    now = datetime.now(UTC)
    return "\n".join(
        json.dumps(
            {
                "id": f"c{place}",
                "author": f"{names[place % len(names)]} {place // len(names) or ''}".strip(),
                "text": json.loads(line)["text"],
                "date": (now - timedelta(minutes=3 * (len(said) - place))).isoformat(),
            }
        )
        for place, line in enumerate(said)
    ).encode()


#: A table whose columns nothing names.
TABLE = "Qui;Quoi;Quand\nLéa;Ma commande n’est pas arrivée;21/11/2026\nHugo;Superbe atelier, merci;21/11/2026\n"


def turn(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def calm(application: Application) -> None:
    """Until nothing runs any more."""
    quiet = 0
    while quiet < 12:
        turn(25)
        quiet = quiet + 1 if application.runner.is_idle else 0


def save(widget: QWidget, name: str) -> None:
    """Write what ``widget`` shows, in 256 colours, without the news that pass."""
    if isinstance(widget, MainWindow):
        widget.close_news()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.ReadWrite)
    widget.grab().save(buffer, "PNG")
    drawn = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
    small = drawn.quantize(256, dither=Image.Dither.NONE)
    TARGET.mkdir(parents=True, exist_ok=True)
    path = TARGET / f"{name}.png"
    small.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}  {size // 1000} kB")
    if size > MOST:
        raise SystemExit(f"{path.name}: {size} bytes")


class Studio:
    """One application on one profile, dressed as asked."""

    def __init__(self, app: QApplication, folder: Path, language: str, theme: str) -> None:
        self.application = Application(app, profile_at(folder))
        self.look = f"{language}-{theme}"
        desk = self.application.desk
        desk.settings = replace(desk.settings, language=language, theme=theme)
        desk.announce(Changes(settings=True))
        self.window = self.application.window
        self.window.resize(1280, 720)
        self.application.show()
        calm(self.application)

    def show(self, name: str) -> Any:
        """Bring a screen to the front, filled."""
        self.window.go(name)
        calm(self.application)
        return self.window.screen_of(name)

    def close(self) -> None:
        """Leave the profile as it is."""
        self.window.close()
        self.application.close()
        self.application.deleteLater()


def compose(studio: Studio) -> None:
    """The brief of the demonstration, proposed on three networks."""
    screen = studio.show("compose")
    screen.show_what((assets_dir() / "demo" / "briefs" / "lancement-heron.md").read_text(encoding="utf-8"))
    calm(studio.application)
    screen.propose()
    calm(studio.application)
    save(studio.window, f"compose-{studio.look}")


def inbox(studio: Studio) -> None:
    """A message with its conversation and a proposed reply."""
    screen = studio.show("inbox")
    for _ in range(5):
        screen.list.setCurrentIndex(screen.list.model().index(screen.list.currentIndex().row() + 1, 0))
        calm(studio.application)
    save(studio.window, f"inbox-{studio.look}")


def plain(name: str) -> Callable[[Studio], None]:
    """A screen as it comes."""

    def render(studio: Studio) -> None:
        studio.show(name)
        save(studio.window, f"{name}-{studio.look}")

    return render


FULL: dict[str, Callable[[Studio], None]] = {
    "compose": compose,
    "inbox": inbox,
    "review": plain("review"),
    "brands": plain("brands"),
    "prompts": plain("prompts"),
    "settings": plain("settings"),
}


def dialogs(studio: Studio) -> None:
    """The approval, the palette and the shortcuts."""
    screen = studio.show("review")
    screen.actions_of[Action.APPROVE].trigger()
    _dialog(studio, "approve")
    studio.window._open_palette()
    _dialog(studio, "palette")
    studio.window._open_keys()
    _dialog(studio, "keys")


def _dialog(studio: Studio, name: str) -> None:
    calm(studio.application)
    dialog = QApplication.activeModalWidget()
    if dialog is None:
        raise SystemExit(f"no dialog: {name}")
    save(dialog, f"{name}-{studio.look}")
    dialog.close()
    calm(studio.application)


def arriving(studio: Studio) -> None:
    """A long export under way: what was found is seen before the last message is read."""
    screen = studio.show("inbox")
    told = [json.loads(line) for line in incident().decode().splitlines()]
    many = [{**one, "id": f"{turned}-{one['id']}"} for turned in range(400) for one in told]
    screen.loading.load_text("\n".join(map(json.dumps, many)), "facebook_page")
    while screen.coming.isHidden():
        turn(100)
    turn(1_500)
    save(studio.window, f"inbox-coming-{studio.look}")
    screen.progress.stop()
    calm(studio.application)


def cockpit(studio: Studio) -> None:
    """What the Inbox has for an incident: groups, one answer for a group, decisions, the crisis, what would leave."""
    screen = studio.show("inbox")
    screen.loading.load_text(incident().decode(), "facebook_page")
    calm(studio.application)
    save(studio.window, f"inbox-incident-{studio.look}")
    screen.acts.moderate()
    _dialog(studio, "moderate")
    screen.strip_acts.show_crisis()
    _dialog(studio, "crisis")
    screen.acts.preview()
    _dialog(studio, "privacy-preview")
    screen.grouped.toggle()
    calm(studio.application)
    screen.grouped.panel.look_for_groups()
    calm(studio.application)
    save(studio.window, f"inbox-groups-{studio.look}")
    screen.grouped.answer(screen.grouped.panel.current)
    _dialog(studio, "answer-once")
    with tempfile.TemporaryDirectory() as scratch:
        table = Path(scratch) / "avis.csv"
        table.write_text(TABLE, encoding="utf-8")
        screen.loading.open_path(table)
        _dialog(studio, "import-mapping")


def writing(studio: Studio, writer: str, name: str, wait: int) -> None:
    """Compose with a model that is slow or fails."""
    screen = studio.show("compose")
    screen.show_what((assets_dir() / "demo" / "briefs" / "lancement-heron.md").read_text(encoding="utf-8"))
    calm(studio.application)
    screen.options.take({**screen._body(), "writer": writer})
    calm(studio.application)
    screen.propose()
    turn(wait)
    save(studio.window, f"{name}-{studio.look}")
    screen.stop()
    calm(studio.application)


def empty(studio: Studio) -> None:
    """Every screen of a profile with nothing in it."""
    for name in ("compose", "inbox", "review", "brands"):
        studio.show(name)
        save(studio.window, f"{name}-empty-{studio.look}")


def main() -> None:
    """Render what is asked for, or everything."""
    asked = sys.argv[1:]
    app = new_application(sys.argv[:1])
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        for language in ("fr", "en"):
            for theme in ("light", "dark"):
                studio = Studio(app, prepared(place / f"{language}-{theme}", full=True), language, theme)
                for name, render in FULL.items():
                    if not asked or name in asked:
                        render(studio)
                if (language, theme) == ("fr", "light") and (not asked or "states" in asked):
                    dialogs(studio)
                    arriving(studio)
                    cockpit(studio)
                    writing(studio, "lent", "compose-streaming", 2500)
                    writing(studio, "en-panne", "compose-error", 2500)
                studio.close()
        if not asked or "states" in asked:
            studio = Studio(app, prepared(place / "empty", full=False), "fr", "light")
            empty(studio)
            studio.close()
            # A first start asks by itself.
            studio = Studio(app, place / "first", "fr", "light")
            _dialog(studio, "first-run")
            studio.close()


if __name__ == "__main__":
    main()
