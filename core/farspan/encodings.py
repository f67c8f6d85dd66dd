"""Which encoding a file is in, or that it is no text at all: decided on its first bytes."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from farspan.errors import InputError, OptionError, Place

SAMPLE: Final = 8 << 20  # bytes looked at; a file no longer than this is checked whole
GUESS: Final = 32 << 10  # bytes given to charset-normalizer, which is slow

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC: Final = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive (or a .docx, .xlsx or .odt document)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"%PDF-", "a PDF document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x1f\x8b\x08", "gzip-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xfd7zXZ\x00", "xz-compressed data"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet table"),
)
_NO_FILES: Final = {"idna", "punycode", "unicode-escape", "raw-unicode-escape"}  # codecs of names and source code
_BZIP2_BLOCK: Final = b"1AY&SY"


class NotText(InputError):
    """A file that holds no readable text; where a folder is walked it is passed over."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes become text: the codec, the bytes of a byte order mark before the text, and whether it was only guessed."""

    name: str
    bom: bytes = b""
    guessed: bool = False


def find_encoding(head: bytes, where: Place, *, given: str | None = None, whole: bool = True) -> Encoding:
    """The encoding of a file that begins with `head`; `whole` says that nothing follows it.

    A byte order mark is believed first, then strict UTF-8; what is neither is guessed by charset-normalizer. `given` names the
    encoding instead. Raises NotText for binary data, OptionError for an unknown `given`, InputError for damaged UTF-8.
    """
    if given is not None:
        return _given(head, given)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return Encoding(name, bom)
    _refuse_binary(head, where)
    wrong = first_fault(head, "utf-8", whole=whole)
    if wrong is None:
        return Encoding("utf-8")
    if _is_damaged_utf8(head):
        raise undecodable(where.path, "utf-8", head.count(b"\n", 0, wrong) + 1, wrong, head[wrong : wrong + 1])
    return _guess(head, wrong, where)


def first_fault(data: bytes, encoding: str, *, whole: bool = True) -> int | None:
    """The offset of the first byte of `data` that `encoding` cannot decode; None if there is none."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        decoder.decode(data, final=whole)
    except UnicodeDecodeError as error:
        return error.start
    return None


def undecodable(path: str, encoding: str, line: int, offset: int, byte: bytes) -> InputError:
    """The error for bytes that are not text in `encoding`, with the place to look at and what to do."""
    shown = f"byte 0x{byte[0]:02x}" if byte else "the end of the file"
    return InputError(
        f"{shown} at offset {offset} is not {encoding} text",
        where=Place(path, line),
        remedy="repair it, or name the encoding with --encoding (cp1252, latin-1, utf-16-le ...)",
    )


def _given(head: bytes, name: str) -> Encoding:
    try:
        codec = codecs.lookup(name)
        is_text = isinstance("".encode(codec.name), bytes) and codec.name not in _NO_FILES
    except (LookupError, ValueError):
        is_text = False
    if not is_text:
        raise OptionError(f"no encoding is called {name!r}", remedy="try utf-8, cp1252, latin-1, utf-16 or gb18030")
    plain = {"utf-8-sig": "utf-8", "utf_8_sig": "utf-8"}.get(codec.name, codec.name)
    for bom, marked in _BOMS:
        family = marked.rsplit("-", 1)[0] if marked != "utf-8" else marked
        if head.startswith(bom) and plain in {marked, family}:
            return Encoding(marked, bom)
    # Python reads UTF-16 without a mark in the machine's own order: say which.
    return Encoding({"utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(plain, plain))


def _refuse_binary(head: bytes, where: Place) -> None:
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (magic != b"BZh" or head[4:10] == _BZIP2_BLOCK):
            raise NotText(
                f"this is {kind}, not text",
                where=where,
                remedy="save its text as a .txt file in UTF-8, a spreadsheet as CSV, and give that",
            )
    nul = head.find(b"\0")
    if nul >= 0:
        raise NotText(
            f"this looks like binary data, not text (a NUL byte at offset {nul})",
            where=where,
            remedy="give a text file; if it is UTF-16 without a byte order mark, say --encoding utf-16-le",
        )


def _is_damaged_utf8(head: bytes) -> bool:
    """Whether most of what is not ASCII is sound UTF-8, so that another encoding would spoil it all."""
    text = head.decode("utf-8", "replace")
    faults = text.count("\ufffd") - head.count(b"\xef\xbf\xbd")
    sound = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text)))
    return sound > 4 * faults


def _guess(head: bytes, wrong: int, where: Place) -> Encoding:
    begin = max(0, wrong - GUESS // 2)
    begin = max(begin, head.find(b"\n", begin, wrong) + 1)
    sample = head[begin : begin + GUESS]
    from charset_normalizer import from_bytes  # noqa: PLC0415  (start-up)

    best = from_bytes(sample, cp_isolation=list(_GUESSED)).best()
    if best is None:
        raise NotText("its encoding cannot be made out", where=where, remedy="name it with --encoding, if this is a text file")
    name = codecs.lookup(best.encoding).name
    letters = [letter for letter in str(best) if letter.isalpha()]
    is_latin = 2 * sum(letter.isascii() for letter in letters) > len(letters)
    return Encoding((_latin_page(sample) or name) if is_latin else name, guessed=True)


def _latin_page(sample: bytes) -> str | None:
    """The code page in which the letters of `sample` beyond ASCII are most nearly those of one language's alphabet.

    charset-normalizer rates Latin code pages alike and takes the first by name, which spoils Spanish and French.
    """
    pages = []
    for order, page in enumerate(_LATIN_PAGES):
        try:
            beyond = Counter(letter for letter in sample.decode(page).lower() if not letter.isascii())
        except UnicodeDecodeError:
            continue
        strange = min(sum(count for letter, count in beyond.items() if letter not in alphabet) for alphabet in _ALPHABETS)
        pages.append((strange, order, page))
    return min(pages)[2] if pages else None


# What the WHATWG Encoding Standard knows, less the Unicode forms: nobody's text is in EBCDIC or hp-roman8.
_GUESSED: Final = (
    *(f"cp{page}" for page in (1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 866, 874, 932, 949)),
    *(f"iso8859_{part}" for part in (2, 5, 6, 7, 8, 13, 15)),
    *("koi8_r", "koi8_u", "mac_roman", "mac_cyrillic", "gb18030", "big5", "euc_jp", "shift_jis", "iso2022_jp", "euc_kr"),
)
_LATIN_PAGES: Final = ("cp1252", "cp1250", "cp1254", "cp1257", "iso8859-15", "iso8859-2", "mac-roman", "cp850")
_PUNCTUATION: Final = "«»„“”‘’‚–—…°§€·\u00a0"
# Letters beyond ASCII: Spanish, Portuguese, French, Italian, German, Nordic, Estonian, Latvian, Lithuanian, Polish, Czech and
# Slovak, Hungarian, Romanian, South Slavic, Turkish, Icelandic.
_ALPHABETS: Final = tuple(
    frozenset(letters + _PUNCTUATION)
    for letters in (
        "áéíóúüñ¿¡ªº",
        "áàâãéêíóôõúüçªº",
        "àâæçéèêëîïôœùûüÿ",
        "àèéìíòóù",
        "äöüß",
        "äöåæøé",
        "äöüõšž",
        "āčēģīķļņšūž",
        "ąčęėįšųūž",
        "ąćęłńóśźż",
        "áäčďéěíĺľňóôřŕšťúůýž",
        "áéíóöőúüű",
        "ăâîșțşţ",
        "čćđšž",
        "çğıi̇öşüâîû",
        "áðéíóúýþæö",
    )
)
