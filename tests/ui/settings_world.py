"""What the tests of the settings and of the first start share: a keyring, a model server, ways to look."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QAbstractButton, QLabel, QListWidget, QWidget

from tests.servers.fake_openai import FakeOpenAI, Reply, serving


@contextmanager
def model_server(*replies: Reply) -> Iterator[FakeOpenAI]:
    """The real loopback server, in a thread of its own: Qt has this one."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = serving(*replies)
    try:
        fake = asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result(10)
        yield fake
        asyncio.run_coroutine_threadsafe(server.__aexit__(None, None, None), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def words(root: QWidget) -> set[str]:
    """Every text that can be seen in ``root``."""
    shown: set[str] = set()
    for one in root.findChildren(QWidget):
        if not one.isVisible():
            continue
        if isinstance(one, QLabel | QAbstractButton):
            shown.add(one.text().strip())
        elif isinstance(one, QListWidget):
            shown |= {one.item(line).text() for line in range(one.count())}
    return shown - {""}


def cut(root: QWidget) -> list[str]:
    """The labels and buttons of ``root`` that have less room than their text takes."""
    found = []
    for one in root.findChildren(QWidget):
        if not one.isVisible() or not isinstance(one, QLabel | QAbstractButton) or not one.text():
            continue
        if isinstance(one, QLabel) and one.wordWrap():
            if one.height() + 1 < one.heightForWidth(one.width()):
                found.append(f"{one.text()} ({one.height()} < {one.heightForWidth(one.width())})")
        elif one.width() + 1 < one.sizeHint().width():
            found.append(f"{one.text()} ({one.width()} < {one.sizeHint().width()})")
    return found
