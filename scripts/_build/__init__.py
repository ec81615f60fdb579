"""What ``build_installer.spec`` is made of: what goes into the folder, and what each system is told about it."""
