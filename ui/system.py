"""Can this system show a window? Asked before Qt, which aborts where it should explain. No Qt in this file."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys

from copilot.errors import OutsideError, RepliqueError

#: Debian packages of the libraries Qt opens, by library; measured on a bare system.
PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
PACKAGES_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def obstacle() -> RepliqueError | None:
    """What stands between this system and a window; None when nothing does."""
    if not sys.platform.startswith("linux"):
        return None
    wanted = dict(PACKAGES)
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    on_x11 = platform == "xcb" or (not platform and not os.environ.get("WAYLAND_DISPLAY"))
    if on_x11:
        wanted |= PACKAGES_X11
    if missing := [package for library, package in wanted.items() if not _loads(library)]:
        return OutsideError("window.libraries", packages=" ".join(missing))
    if on_x11 and not _reaches_x11():
        return OutsideError("window.no_display", display=os.environ.get("DISPLAY") or "–")
    return None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _reaches_x11() -> bool:
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt brings none; it will say more
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def complain(error: RepliqueError) -> None:
    """Say ``error`` on the error output, in the person's language."""
    from copilot.i18n import Translator, choose_language

    said = Translator(choose_language()).error(error)
    if sys.stderr is not None:
        sys.stderr.write(said + "\n")
    elif sys.platform == "win32":
        # A windowed program has no streams there: the system's own box says it.
        ctypes.windll.user32.MessageBoxW(None, said, "Réplique", 0x10)
