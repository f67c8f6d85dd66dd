"""Word processor files: the text a reader sees, with what was inserted and without what was deleted."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import odfdo
import pytest
from docx.oxml import parse_xml

from farspan.errors import InputError
from farspan.formats import read_documents

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_docx_paragraphs_tables_and_tracked_changes(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Carta", 1)
    paragraph = document.add_paragraph("Ana\tvio ")
    paragraph.add_run("Li").bold = True
    paragraph.add_run("ma\ny Cuzco 🏛")
    run = "<w:r><w:t>{}</w:t></w:r>"
    changed = document.add_paragraph("hoy ")
    changed._p.append(parse_xml(f'<w:ins {W} w:id="1">{run.format("llueve")}</w:ins>'))
    changed._p.append(parse_xml(f'<w:del {W} w:id="2"><w:r><w:delText>nieva</w:delText></w:r></w:del>'))
    document.add_table(1, 2).cell(0, 1).text = "celda"
    document.save(str(tmp_path / "a.docx"))
    (read,) = read_documents([tmp_path / "a.docx"])
    assert read.text == "Carta\nAna\tvio Lima\ny Cuzco 🏛\nhoy llueve\n\ncelda"


def test_odt_paragraphs_spaces_and_notes(tmp_path: Path) -> None:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Carta"))
    paragraph = odfdo.Paragraph("Ana  vio\tLima\ny Cuzco 🏛")
    paragraph.insert_note(after="Ana", note_id="n1", citation="1", body="al pie")
    document.body.append(paragraph)
    document.save(str(tmp_path / "a.odt"))
    (read,) = read_documents([tmp_path / "a.odt"])
    assert read.text == "Carta\nAna  vio\tLima\ny Cuzco 🏛"


@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_what_is_no_such_file_is_told(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    for data in (b"", b"hello", b"PK\x03\x04" + b"x" * 50):
        path.write_bytes(data)
        with pytest.raises(InputError, match=rf"a\.{suffix}: this is no sound"):
            list(read_documents([path]))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(InputError, match=rf"a\.{suffix}: this is no sound"):
        list(read_documents([path]))


def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (100 << 20))
    (tmp_path / "a.docx").write_bytes(data.getvalue())
    with pytest.raises(InputError, match=r"expand to more than .*; this may be a trap"):
        list(read_documents([tmp_path / "a.docx"]))
