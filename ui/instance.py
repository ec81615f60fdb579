"""One instance a profile: a second start brings the first one's window to the front."""

from __future__ import annotations

import hashlib
import os

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from copilot.paths import Profile

#: Milliseconds that the other instance gets to answer, and its answer.
ANSWERS_WITHIN, RAISED = 2_000, b"raised\n"


def channel(profile: Profile) -> str:
    """The name of the local socket of a profile: private to it, and the same from any working folder."""
    return "replique-" + hashlib.sha256(os.fsencode(profile.root.resolve())).hexdigest()[:24]


def raise_other(profile: Profile) -> bool:
    """Ask the instance that holds ``profile`` to come to the front. False when it does not answer."""
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(channel(profile))
    if not socket.waitForConnected(1000):
        return False
    socket.write(b"raise\n")
    answered = socket.waitForReadyRead(ANSWERS_WITHIN) and bytes(socket.readAll().data()) == RAISED
    socket.disconnectFromServer()
    return answered


class Listener(QObject):
    """Waits for other starts on this profile."""

    def __init__(self, profile: Profile, window: QWidget) -> None:
        super().__init__(window)
        self._name = channel(profile)
        self._window = window

    def listen(self) -> None:
        """Begin; a failure only means that a second start does not raise the window."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._asked)
        self._server.listen(self._name)

    def _asked(self) -> None:
        # A window that was just closed stays so: the one who asks opens its own.
        is_open = self._window.isVisible()
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            if is_open:
                socket.write(RAISED)
                socket.flush()
        if not is_open:
            return
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
