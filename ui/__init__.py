"""The desktop window: PySide6 lives here and nowhere else. It sees services and values, never the store."""
