"""Compressed files and archives: read as if they were not, within a bound; written with the same bytes every time."""

from __future__ import annotations

import bz2
import gzip
import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.archives import Archive
from farspan.aside import folder_aside, written_aside
from farspan.errors import InputError, OptionError, OutputError
from farspan.files import InputFile, open_input, open_text, walk_into_archives
from farspan.filesets import FolderFiles, ZipFiles, open_fileset
from farspan.formats import read_documents
from farspan.unpacking import Limits, Unpacked, bare_name, compression_of

TEXT = "Lima es la capital del Perú. 🏛\r\n" * 5000
PACK = {"gz": gzip.compress, "bz2": bz2.compress, "zst": lambda data: zstandard.ZstdCompressor().compress(data)}
SMALL = Limits(total=1 << 20, ratio=10, free=1 << 16)


@pytest.mark.parametrize("suffix", PACK)
def test_a_compressed_text_is_read_as_the_text(tmp_path: Path, suffix: str) -> None:
    data = PACK[suffix](TEXT.encode())
    (tmp_path / f"a.txt.{suffix}").write_bytes(data + data)  # two, one behind the other, as log files are
    (document,) = read_documents([tmp_path / f"a.txt.{suffix}"])
    assert (document.id, document.text) == ("a", TEXT + TEXT)
    (tmp_path / "unnamed").write_bytes(data)
    with open_text(tmp_path / "unnamed") as file:
        assert file.text() == TEXT


@pytest.mark.parametrize("suffix", PACK)
def test_a_truncated_or_damaged_file_is_told(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.txt.{suffix}"
    data = PACK[suffix](TEXT.encode())
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match=r"ends too early|is damaged"):
        list(read_documents([path]))
    path.write_bytes(data + b"and something else")
    with pytest.raises(InputError, match=r"something else follows the compressed data"):
        list(read_documents([path]))


@pytest.mark.parametrize("suffix", PACK)
def test_a_bomb_is_refused_and_the_bound_can_be_raised(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / f"a.txt.{suffix}"
    path.write_bytes(PACK[suffix](b"\n" * (4 << 20) + b"x"))
    with pytest.raises(InputError, match=r"compressed bytes expand to more than .*FARSPAN_MAX_UNPACKED"):
        list(read_documents([path], limits=SMALL))
    monkeypatch.setenv("FARSPAN_MAX_UNPACKED", "3M")
    with pytest.raises(InputError, match="expand to more than 3,145,728"):
        list(read_documents([path]))
    monkeypatch.setenv("FARSPAN_MAX_UNPACKED", "5 MiB")
    assert len(next(read_documents([path])).text) == (4 << 20) + 1


def test_an_unreadable_limit_is_an_option_error() -> None:
    with pytest.raises(OptionError, match="FARSPAN_MAX_UNPACKED=much is no number of bytes"):
        Limits.of_environment({"FARSPAN_MAX_UNPACKED": "much"})


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(PACK)), st.binary(max_size=3000), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255))))
def test_mutated_data_gives_bytes_or_an_error_for_people(suffix: str, content: bytes, changes: list[tuple[int, int]]) -> None:
    data = bytearray(PACK[suffix](content))
    for place, value in changes:
        data[place % len(data)] = value
    kind = compression_of(bytes(data))
    if kind is None:
        return
    try:
        made = io.BufferedReader(Unpacked(io.BytesIO(bytes(data)), "a", kind, SMALL)).read()
    except InputError:
        return
    assert changes or made == content


def zip_of(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return path


def test_an_archive_is_a_folder(tmp_path: Path) -> None:
    path = zip_of(
        tmp_path / "a.zip", b_txt=b"Dos", a_txt=b"Uno", sub__c_txt=b"Tres", _hidden=b"x", sub__d_png=b"\x89PNG\r\n\x1a\n"
    )
    assert [(one.id, one.text) for one in read_documents([path])] == [("b", "Dos"), ("a", "Uno"), ("sub/c", "Tres")]
    with pytest.raises(InputError, match=r"a\.zip: the folder holds no text"):
        list(read_documents([zip_of(path, sub__d_png=b"\x89PNG\r\n\x1a\n")]))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("../evil.txt", "leads out of the archive"),
        ("/etc/passwd", "leads out of the archive"),
        ("a/../../b.txt", "leads out of the archive"),
        ("C:\\b.txt", "leads out of the archive"),
        ("inner.zip", "archives and compressed files inside an archive are not read"),
        ("inner.txt.gz", "archives and compressed files inside an archive are not read"),
    ],
)
def test_archives_that_mean_harm_or_hold_archives_are_refused(tmp_path: Path, name: str, says: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(InputError, match=says):
        list(read_documents([tmp_path / "a.zip"]))


def test_an_archive_that_expands_too_far_is_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", a_txt=b"\n" * (2 << 20))
    with pytest.raises(InputError, match="expand to more than"):
        list(read_documents([path], limits=SMALL))
    many = zip_of(tmp_path / "b.zip", **{f"f{number}_txt": bytes(range(32, 96)) * 1000 for number in range(30)})
    with pytest.raises(InputError, match=r"b\.zip.*expand to more than"):
        list(read_documents([many], limits=Limits(total=1 << 20, ratio=1000, free=1 << 20)))


def test_damaged_and_empty_archives_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of(path, a_txt=TEXT.encode()).read_bytes()[:-30])
    with pytest.raises(InputError, match="this is no sound ZIP archive"):
        list(read_documents([path]))
    with pytest.raises(InputError, match="the archive holds no file to read"):
        list(read_documents([zip_of(path)]))
    data = bytearray(zip_of(path, a_txt=TEXT.encode()).read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match=r"a\.zip/a\.txt: the file in the archive is damaged"):
        list(read_documents([path]))


def test_what_stands_beside_a_file(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", x__b_txt=b"Uno", x__b_ann=b"T1")
    (file, _) = walk_into_archives([path], Limits())
    with open_input(file) as stream:
        assert (stream.beside("b.ann"), stream.beside("c.ann")) == (b"T1", None)
    (tmp_path / "c.ann").write_bytes(b"T2")
    with open_input(InputFile(str(path), "a")) as stream:
        assert stream.beside("c.ann") == b"T2"


@pytest.mark.parametrize("suffix", ["", ".gz", ".bz2", ".zst"])
def test_compressed_output_is_the_same_every_time(tmp_path: Path, suffix: str) -> None:
    made = []
    for number in range(2):
        path = tmp_path / f"{number}.txt{suffix}"
        with written_aside(path) as stream:
            for line in TEXT.encode().split(b"\n"):
                stream.write(line + b"\n")
        made.append(path.read_bytes())
        with open_text(path) as file:
            assert file.text() == TEXT + "\n"
    assert made[0] == made[1]
    with suppress(ZeroDivisionError), written_aside(tmp_path / f"no{suffix}", "w") as text:
        text.write("half")
        raise ZeroDivisionError
    assert not list(tmp_path.glob("no*")) + list(tmp_path.glob(".*"))


def test_a_folder_appears_when_it_is_whole(tmp_path: Path) -> None:
    with folder_aside(tmp_path / "out") as folder:
        FolderFiles(folder).add("a/b.txt", b"x")
        assert not (tmp_path / "out").exists()
    assert (tmp_path / "out/a/b.txt").read_bytes() == b"x"
    with pytest.raises(OutputError, match="it is a folder that is not empty"), folder_aside(tmp_path / "out"):
        pass
    with suppress(ZeroDivisionError), open_fileset(str(tmp_path / "no")) as files:
        files.add("a.txt", b"x")
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@given(st.lists(st.text(max_size=300), max_size=6))
def test_file_names_are_possible_everywhere_and_never_the_same(ids: list[str]) -> None:
    files = ZipFiles(io.BytesIO())
    stems = [files.stem(key) for key in ids]
    assert len({stem.casefold() for stem in stems}) == len(ids)
    for stem in stems:
        parts = stem.split("/")
        assert all(part and part not in {".", ".."} and len(part.encode()) < 200 and not part.startswith(".") for part in parts)
    assert files.stem("sub/Ana 1.2") == "sub/Ana 1.2" or "sub/Ana 1.2" in ids


def test_bare_names() -> None:
    assert [bare_name(name) for name in ("a.txt.gz", "a.TXT.ZST", "a.txt", "a.gz")] == ["a.txt", "a.TXT", "a.txt", "a"]


def test_an_archive_can_be_opened_again(tmp_path: Path) -> None:
    archive = Archive(str(zip_of(tmp_path / "a.zip", a_txt=b"Uno")), Limits())
    for _ in range(2):
        with archive.open("a.txt") as stream:
            assert stream.read() == b"Uno"
        archive.close()
