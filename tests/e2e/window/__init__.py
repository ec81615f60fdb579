"""The window as a person meets it: another process, a real display, real keys and a real mouse."""
