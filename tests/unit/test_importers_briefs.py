"""Briefs: every format, every way a file can be wrong."""

from __future__ import annotations

import contextlib
import io
import logging
import time
import zipfile

import docx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen import canvas

from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.importers.briefs import MAX_BYTES, load_brief, load_brief_stream

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def text_of(content: bytes, name: str = "brief.txt") -> str:
    return load_brief(content, name)[0]


def failure(content: bytes, name: str = "brief.txt") -> UserError:
    with pytest.raises(UserError) as caught:
        load_brief(content, name)
    for language in LANGUAGES:
        say = Translator(language)
        assert say.has(caught.value.key), caught.value.key
        assert "{" not in say.error(caught.value)
    return caught.value


def saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf(*pages: str, password: str = "") -> bytes:
    stream = io.BytesIO()
    page = canvas.Canvas(stream)
    for text in pages:
        page.drawString(72, 700, text)
        page.showPage()
    page.save()
    if not password:
        return stream.getvalue()
    writer = pypdf.PdfWriter(pypdf.PdfReader(stream))
    writer.encrypt(password, algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("Été à 10 € : « oui »".encode(), id="utf-8"),
        pytest.param("Été à 10 € : « oui »".encode("utf-8-sig"), id="utf-8 with mark"),
        pytest.param("Été à 10 € : « oui »".encode("utf-16"), id="utf-16 with mark"),
        pytest.param(b"\xfe\xff" + "Été à 10 € : « oui »".encode("utf-16-be"), id="utf-16 BE with mark"),
        pytest.param("Été à 10 € : « oui »".encode("utf-16-le"), id="utf-16 LE without mark"),
        pytest.param("Été à 10 € : « oui »".encode("utf-16-be"), id="utf-16 BE without mark"),
        pytest.param("Été à 10 € : « oui »".encode("cp1252"), id="cp1252"),
    ],
)
def test_encodings(content: bytes) -> None:
    assert text_of(content) == "Été à 10 € : « oui »"


def test_a_stray_byte_does_not_turn_utf8_into_cp1252() -> None:
    assert text_of("été ".encode() * 50 + b"\xe9 fin") == "été " * 50 + "\ufffd fin"


def test_controls_go_line_ends_are_one_and_nothing_is_composed() -> None:
    assert text_of("a\0b\x07c\r\nd\re\u2028f\x85g\tcafe\u0301".encode()) == "abc\nd\ne\nf\ng\tcafe\u0301"


def test_french_spaces_stay() -> None:
    expected = "Prix\xa0: 12\u202f€"
    assert text_of(expected.encode()) == expected
    assert text_of(f"<html><body><p>{expected}</p>".encode()) == expected
    assert text_of("<!doctype html><p>Prix&nbsp;: 12&#8239;€</p>".encode()) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("---\ntitre: x\n---\n# Bonjour\n", "# Bonjour"),
        ("+++\ntitre = 'x'\n+++\n# Bonjour\n", "# Bonjour"),
        ("---\r\ntitre: x\r\n---\r\n# Bonjour\r\n", "# Bonjour"),
        ("---\nsans clé\n---\nfin", "---\nsans clé\n---\nfin"),
        ("---\ntitre: jamais fermé\nfin", "---\ntitre: jamais fermé\nfin"),
        ("**gras** & <b>", "**gras** & <b>"),
    ],
)
def test_markdown_keeps_all_but_its_front_matter(source: str, expected: str) -> None:
    assert load_brief(source.encode(), "brief.md") == (expected, "markdown")


class TestHtml:
    def test_only_what_a_reader_sees(self) -> None:
        page = (
            "<html><head><title>T</title></head><body><h1>Un</h1><style>x</style><!-- c --><script>y</script>"
            "<p hidden>z</p><div style='display:none'>w</div><p>Deux</p></body></html>"
        )
        assert load_brief(page.encode(), "page.html") == ("Un\n\nDeux", "html")

    def test_entities_are_decoded_once(self) -> None:
        assert text_of(b"<p>R&amp;D &amp;lt;b&amp;gt; &eacute;</p>", "a.html") == "R&D &lt;b&gt; é"

    def test_a_link_keeps_its_address(self) -> None:
        page = b"<p><a href='https://a.example/x'>Ici</a>, <a href='https://b.example'>https://b.example</a>"
        assert text_of(page, "a.html") == "Ici (https://a.example/x), https://b.example"

    def test_a_declared_charset_is_used(self) -> None:
        page = "<html><head><meta charset='iso-8859-2'></head><body>Łódź</body></html>"
        assert text_of(page.encode("iso-8859-2"), "a.html") == "Łódź"

    def test_control_references_go(self) -> None:
        page = b"<p>a&#1;b\x02<script>x</script>&#3;c <a href='https://x.example/&#4;z'>d&#5;</a>&#6;e"
        assert text_of(page, "a.html") == "abc d (https://x.example/z)e"

    def test_no_file_is_read_through_an_entity(self) -> None:
        page = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>a &x; b</p></body></html>'
        assert "root" not in text_of(page, "a.html")

    @pytest.mark.parametrize(
        "page",
        [
            pytest.param("<html><body>" + "<div>" * 100_000 + "profond", id="100,000 levels"),
            pytest.param("<html><body>" + "<b>" * 1_500 + "profond", id="1,500 levels"),
            pytest.param("<html><body><p>profond" + "<p>x" * 300_000, id="300,000 paragraphs"),
            pytest.param("<html><body>profond" + "<" * 3_000_000, id="3 million brackets"),
            pytest.param("<html><body>profond" + "&amp;" * 700_000, id="700,000 entities"),
            pytest.param("<html><body>profond" + "<table><tr><td>" * 5_000, id="5,000 nested tables"),
        ],
    )
    def test_huge_or_deep_pages_are_read(self, page: str) -> None:
        started = time.process_time()
        assert "profond" in text_of(page.encode(), "a.html")
        assert time.process_time() - started < 10


class TestDocx:
    def test_paragraphs_lists_and_tables_in_order(self) -> None:
        document = docx.Document()
        document.add_paragraph("Avant")
        document.add_paragraph("un", style="List Bullet")
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Prix", "12 €"
        document.add_paragraph("Après\tfin")
        assert load_brief(saved(document), "b.docx") == ("Avant\n- un\nPrix | 12 €\n\nAprès\tfin", "docx")

    def test_inserted_text_is_read_and_deleted_text_is_not(self) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph("a")
        name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        for tag, inner in (("ins", "<w:t>b</w:t>"), ("del", "<w:delText>c</w:delText>")):
            paragraph._p.append(
                docx.oxml.parse_xml(f'<w:{tag} xmlns:w="{name}"><w:r>{inner}</w:r></w:{tag}>'),
            )
        assert text_of(saved(document)) == "ab"

    def test_a_bomb_is_not_opened(self) -> None:
        stream = io.BytesIO(saved(docx.Document()))
        with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/media/x.bin", b"\0" * 60_000_000)
        assert failure(stream.getvalue()).kind == "brief.zip_bomb"

    def test_entities_do_not_expand(self) -> None:
        levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        parts = zipfile.ZipFile(io.BytesIO(saved(docx.Document())))
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name in parts.namelist():
                body = parts.read(name)
                if name == "word/document.xml":
                    body = body.replace(
                        b"<w:document", f'<!DOCTYPE x [<!ENTITY l0 "lol">{levels}]><w:document'.encode()
                    )
                    body = body.replace(b"<w:sectPr", b"<w:p><w:r><w:t>&l9;</w:t></w:r></w:p><w:sectPr")
                archive.writestr(name, body)
        assert failure(stream.getvalue()).kind in ("brief.docx_broken", "brief.empty")

    def test_cut(self) -> None:
        assert failure(saved(docx.Document())[:-200], "b.docx").kind == "brief.docx_broken"

    def test_empty(self) -> None:
        assert failure(saved(docx.Document())).kind == "brief.empty"

    def test_with_a_password(self) -> None:
        assert failure(OLE + "EncryptedPackage".encode("utf-16-le")).kind == "brief.docx_encrypted"

    def test_of_before_2007(self) -> None:
        assert failure(OLE + "WordDocument".encode("utf-16-le"), "b.doc").kind == "brief.doc_old"


class TestPdf:
    def test_pages_in_order(self) -> None:
        assert load_brief(pdf("Un", "Deux"), "b.pdf") == ("Un\n\nDeux", "pdf")

    def test_without_text(self) -> None:
        assert failure(pdf("")).kind == "brief.pdf_scanned"

    def test_with_a_password(self) -> None:
        assert failure(pdf("Un", password="x")).kind == "brief.pdf_encrypted"

    def test_cut(self, caplog: pytest.LogCaptureFixture) -> None:
        content = pdf("Un", "Deux")
        with caplog.at_level(logging.DEBUG):
            assert failure(content[: len(content) // 2]).kind == "brief.pdf_broken"
            assert failure(b"%PDF-1.7\n%%EOF\n").kind == "brief.pdf_broken"
        assert caplog.records == []

    def test_too_long(self) -> None:
        assert failure(pdf(*["x"] * 201)).kind == "brief.pdf_too_long"

    def test_a_page_made_to_hang_is_refused(self) -> None:
        writer = pypdf.PdfWriter()
        page = writer.add_blank_page(200, 200)
        stream = pypdf.generic.StreamObject()
        stream.set_data(b"BT (x) Tj ET\n" * 500_000)
        page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream.flate_encode())
        out = io.BytesIO()
        writer.write(out)
        started = time.process_time()
        assert failure(out.getvalue()).kind == "brief.pdf_too_heavy"
        assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("content", "looks"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"\0\0\0\x18ftypmp42", "video"),
        (b"{\\rtf1 x}", "rtf"),
        (OLE, "office_old"),
        (b"\x1f\x8b\x08", "archive"),
        (bytes(range(256)) * 20, "unknown"),
    ],
)
def test_what_is_no_text_is_named(content: bytes, looks: str) -> None:
    error = failure(content)
    assert error.kind == "brief.binary"
    assert error.params["looks"] == Wording(f"importers.filetype.{looks}")
    assert Translator("fr").has(f"importers.filetype.{looks}")


@pytest.mark.parametrize(("part", "looks"), [("xl/workbook.xml", "spreadsheet"), ("a.txt", "archive")])
def test_another_zip_is_named(part: str, looks: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(part, "x")
    assert failure(stream.getvalue()).params["looks"] == Wording(f"importers.filetype.{looks}")


@pytest.mark.parametrize("content", [b"", b" \r\n", b"\xff\xfe", b"\xef\xbb\xbf\n", b"\0\0\0\0"])
def test_empty(content: bytes) -> None:
    assert failure(content).kind == "brief.empty"


def test_too_large() -> None:
    assert failure(b"a" * (MAX_BYTES + 1)).kind == "brief.too_large"
    with pytest.raises(UserError, match="too_large"):
        load_brief_stream(io.BytesIO(b"a" * (MAX_BYTES + 1)))
    assert load_brief_stream(io.BytesIO(b"bonjour")) == ("bonjour", "text")


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf", "-"]))
def test_no_bytes_crash(content: bytes, name: str) -> None:
    with contextlib.suppress(UserError):
        text, _ = load_brief(content, name)
        assert text.strip()
        assert not set(text.encode()) & {0, 13}


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=200))
def test_a_plain_line_comes_back_whatever_its_script(line: str) -> None:
    text = f"x{line}x".replace("\ufeff", "").replace("\ufffe", "").replace("\uffff", "")
    assert text_of(text.encode()) == text
