"""Screens: one file each, found by the registry. A file names its screen and builds it when it is first shown."""
