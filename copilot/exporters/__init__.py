"""Export formats: one file each, found by the registry.

A format module holds ``NAME``, ``EXTENSION``, ``LABEL_KEY`` (its name in the catalogues), ``KINDS`` (of items it
takes), ``TIMED`` (every item needs a planned time), and ``export(rows, *, now, brand_zone, language="fr")``, which
gives the files to write: in memory, nothing is written until ``write_files`` writes all of them or none.
"""

from copilot.exporters._rows import ExportFile, ExportRow
from copilot.exporters._writing import target_paths, write_files

__all__ = ["ExportFile", "ExportRow", "target_paths", "write_files"]
