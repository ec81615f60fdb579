"""Makes the binary samples of ``briefs/``; run it again only to change them."""

from __future__ import annotations

from pathlib import Path

import docx
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

HERE = Path(__file__).resolve().parent / "briefs"

document = docx.Document()
document.add_paragraph("Ouverture de l’atelier samedi 6 mars à 10 h 30.")
document.add_paragraph("Essai gratuit", style="List Bullet")
table = document.add_table(rows=2, cols=2)
for row, cells in enumerate((("Modèle", "Prix"), ("Vélo", "1 490 €"))):
    for column, text in enumerate(cells):
        table.cell(row, column).text = text
document.add_paragraph("Inscriptions ouvertes.")
document.save(str(HERE / "docx.docx"))

page = canvas.Canvas(str(HERE / "pdf.pdf"), pagesize=A4, invariant=1)
page.drawString(72, 750, "Ouverture de l'atelier samedi 6 mars.")
page.showPage()
page.drawString(72, 750, "Inscriptions ouvertes.")
page.save()
