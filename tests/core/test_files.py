"""Opening texts: what a file is read as, and what a person is told when it cannot be read."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.encodings import SAMPLE, find_encoding
from farspan.errors import InputError, OptionError, Place
from farspan.files import NotText, TextFile, open_text, read_bytes, read_text, walk_inputs

BOMS = {
    "utf-8": b"\xef\xbb\xbf",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\0\0",
    "utf-32-be": b"\0\0\xfe\xff",
}
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1)
HOSTILE = "Añez\r\nan\u0303o\rℕ\u2028x\u0085y\u000bz 👩‍👩‍👧 שלום\n"


def opened(data: bytes, encoding: str | None = None) -> TextFile:
    return TextFile("mem.txt", io.BytesIO(data), encoding, len(data))


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from([*BOMS, None]))
def test_the_text_encoded_again_with_its_mark_is_the_file(text: str, mark: str | None) -> None:
    data = text.encode("utf-8") if mark is None else BOMS[mark] + text.encode(mark)
    with opened(data) as file:
        again = file.text().encode(file.encoding)
        assert (BOMS[file.encoding] if file.bom else b"") + again == data


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from([*BOMS]))
def test_lines_are_the_text_split_at_line_feeds_alone(text: str, mark: str) -> None:
    with opened(BOMS[mark] + text.encode(mark)) as file:
        lines = list(file.lines())
    assert lines == (text.removesuffix("\n")).split("\n")


def test_line_ends_and_combining_marks_are_kept() -> None:
    assert opened(HOSTILE.encode()).text() == HOSTILE
    assert list(opened(HOSTILE.encode()).lines()) == ["Añez\r", "an\u0303o\rℕ\u2028x\u0085y\u000bz 👩‍👩‍👧 שלום"]


def test_a_file_larger_than_the_sample_is_read_to_its_end(tmp_path: Path) -> None:
    line = "Lima es la capital del Perú 🇵🇪\n"
    count = SAMPLE // len(line.encode()) + 50_000
    (tmp_path / "long.txt").write_text(line * count, encoding="utf-8")
    with open_text(tmp_path / "long.txt") as file:
        assert sum(len(found) + 1 for found in file.lines()) == count * len(line)
        assert file.bytes_read == file.size


def test_a_line_of_a_megabyte_comes_whole() -> None:
    text = "ß" * 3_000_000
    assert list(opened(f"a\n{text}\nb".encode()).lines()) == ["a", text, "b"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("El niño español soñó con la mañana y el otoño en España.\n", "cp1252"),
        ("Der Bürgermeister von Köln trägt schöne Schuhe. Die Mädchen hören überall süße Töne.\n", "cp1252"),
        ("L’été dernier, la forêt brûlait déjà près de Nîmes ; ça a été très éprouvant.\n", "cp1252"),
        ("Praha je hlavní a současně největší město České republiky. Leží na řece Vltavě.\n", "cp1250"),
        ("Zażółć gęślą jaźń. Łódź jest miastem w środkowej Polsce. Święta są wesołe.\n", "cp1250"),
        ("Tallinn on Eesti pealinn ja suurim linn. Sõõrik, öö, jää, täis, šokolaad, žürii.\n", "cp1257"),
        ("İstanbul Türkiye'nin en kalabalık şehridir; güzel çağlayan ığdır.\n", "cp1254"),
        ("Москва является столицей Российской Федерации и самым крупным городом страны.\n", "koi8-r"),
        ("القاهرة هي عاصمة جمهورية مصر العربية وأكبر مدنها.\n", "cp1256"),
        ("北京是中华人民共和国的首都,位于华北平原的北部。\n", "gb18030"),
    ],
)
def test_other_encodings_are_recognised_and_said_to_be_guessed(text: str, encoding: str) -> None:
    with opened(text.encode(encoding) * 3) as file:
        assert file.guessed
        assert file.text() == text * 3


def test_the_encoding_can_be_named() -> None:
    with opened("Привет".encode("koi8-r"), "koi8-r") as file:
        assert (file.text(), file.guessed) == ("Привет", False)
    with opened(BOMS["utf-16-be"] + "né".encode("utf-16-be"), "utf-16") as file:
        assert (file.text(), file.encoding, file.bom) == ("né", "utf-16-be", True)
    with opened("né".encode("utf-16-le"), "utf-16") as file:
        assert file.text() == "né"
    with opened(BOMS["utf-8"] + "né".encode(), "utf-8-sig") as file:
        assert (file.text(), file.bom) == ("né", True)


@pytest.mark.parametrize("name", ["klingon", "rot13", "hex", "", "utf\x00", "idna", "unicode_escape"])
def test_an_unknown_encoding_is_an_option_error(name: str) -> None:
    with pytest.raises(OptionError, match="no encoding is called"):
        opened(b"x", name)


def test_one_wrong_byte_in_utf8_is_an_error_with_its_line_not_another_encoding() -> None:
    data = ("Añez está en Bogotá según él\n" * 3).encode() + b"a\xffb\n"
    with pytest.raises(InputError, match=r"mem.txt:4: byte 0xff at offset 103 is not utf-8 text; .*--encoding"):
        opened(data)


def test_a_wrong_byte_behind_the_sample_is_found_when_it_is_read() -> None:
    line = b"Lima es la capital\n"
    count = SAMPLE // len(line) + 100_000
    data = line * count + b"ab\xe9\n" + line
    with pytest.raises(InputError) as caught:
        list(opened(data).lines())
    assert caught.value.where == Place("mem.txt", count + 1)
    assert f"offset {len(line) * count + 2} " in str(caught.value)


def test_the_wrong_encoding_says_where_it_does_not_fit() -> None:
    with pytest.raises(InputError, match=r"mem.txt:2: byte 0xf1 at offset 5 is not utf-8 text"):
        opened("uno\nAñez\n".encode("latin-1"), "utf-8").text()
    with pytest.raises(InputError, match=r"mem.txt:1: .* is not utf-16-le text"):
        opened(b"a\0b", "utf-16-le").text()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"PK\x03\x04....", "ZIP"),
        (b"%PDF-1.7\n", "PDF"),
        (b"SQLite format 3\0....", "SQLite"),
        (b"text\0text", "a NUL byte at offset 4"),
    ],
)
def test_binary_files_are_refused_by_what_they_look_like(data: bytes, kind: str) -> None:
    with pytest.raises(NotText, match=kind):
        opened(data)


def test_a_text_may_begin_like_a_short_magic() -> None:
    assert opened(b"BZhou Enlai\n").text() == "BZhou Enlai\n"


def test_nul_far_behind_or_in_utf16_is_refused_with_its_line() -> None:
    with pytest.raises(NotText, match=r"mem.txt:2: a NUL character"):
        opened(BOMS["utf-16-le"] + "a\nb\0".encode("utf-16-le")).text()


def test_a_mark_alone_is_an_empty_text() -> None:
    assert opened(BOMS["utf-8"]).text() == ""
    assert find_encoding(BOMS["utf-32-le"], Place("x")).name == "utf-32-le"


def test_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    for wrong, message in [
        (tmp_path / "no.txt", "there is no such file"),
        (tmp_path, "it is a folder"),
        ("a\0b", "no file name"),
    ]:
        for read in (read_bytes, read_text):
            with pytest.raises(InputError, match=message):
                read(wrong)
    file = tmp_path / "file"
    file.write_bytes(b"x")
    with pytest.raises(InputError, match="not a folder"):
        read_bytes(file / "inside")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_bytes(b"x")
    file.chmod(0)
    with pytest.raises(InputError, match="may not be read"):
        read_bytes(file)


def test_permission_errors_are_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match=r"a.txt: it may not be read; change its permissions"):
        open_text("a.txt")


def test_standard_input_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"hola\xff\n"), "latin-1"))
    with pytest.raises(InputError, match=r"<stdin>:1: byte 0xff"):
        open_text("-", "utf-8").text()


def test_folders_are_walked_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ["b.txt", "a/z.txt", "a/y.md", ".hidden", ".git/config", "B.txt", "a/z.md"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = walk_inputs([tmp_path, tmp_path / "b.txt", "-"])
    assert [file.name for file in found] == ["B", "a/y", "a/z", "a/z.txt", "b", "b.txt", "stdin"]
    assert [file.folder for file in found] == [str(tmp_path)] * 5 + ["", ""]


def test_names_stay_distinct_when_a_file_is_given_thrice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert [file.name for file in walk_inputs([tmp_path / "a.txt"] * 3)] == ["a", "a.txt", "a.txt-2"]


def test_links_in_a_circle_are_entered_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "t.txt").write_text("x")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "broken").symlink_to(tmp_path / "nowhere")
    assert [file.name for file in walk_inputs([tmp_path])] == ["a/t"]


def test_a_folder_without_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    with pytest.raises(InputError, match="the folder holds no file"):
        walk_inputs([tmp_path])
    with pytest.raises(InputError, match="there is no such file or folder"):
        walk_inputs([tmp_path / "gone"])
