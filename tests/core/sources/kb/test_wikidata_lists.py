"""Given a dump of Wikidata, when lists are extracted, then they hold exactly what a reading without any haste finds."""

import bz2
import gzip
import io
import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farspan.errors import InputError, OptionError, OutputError
from farspan.job import Cancelled
from farspan.sources.kb import bz2_blocks
from farspan.sources.kb.extraction import Extraction, KbName, Plan, WantedClass, parse_class, parse_langs, parse_specification
from farspan.sources.kb.hierarchy import below, children_of
from farspan.sources.kb.lines import Mark, batches
from farspan.sources.kb.seen import Seen
from farspan.sources.kb.streams import open_dump
from farspan.sources.kb.wikidata import extracted

DUMP = Path(__file__).resolve().parents[3] / "data" / "wikidata_small.json"
ENTITIES = [json.loads(line.rstrip(",")) for line in DUMP.read_text(encoding="utf-8").split("\n") if len(line) > 1]


def plan(*classes, lang="am", depth=0, aliases=True, best=False):
    return Plan((Extraction("", tuple(WantedClass(key) for key in classes), tuple(lang.split(","))),), depth, aliases, best)


def names(path, wanted, **options):
    with extracted(path, wanted, **options) as found:
        return list(found.names(""))


def slow_names(entities, classes, langs, depth, best=False):
    """The obvious way: everything in memory, one look after another."""

    def values(entity, prop):
        own = entity["claims"].get(prop, []) if entity["claims"] else []
        good = [item for item in own if item["rank"] != "deprecated"]
        if best and any(item["rank"] == "preferred" for item in good):
            good = [item for item in good if item["rank"] == "preferred"]
        return [item["mainsnak"]["datavalue"]["value"]["id"] for item in good if item["mainsnak"]["snaktype"] == "value"]

    wanted = set(classes)
    for _ in range(depth):
        wanted |= {e["id"] for e in entities if e["type"] == "item" and wanted.intersection(values(e, "P279"))}
    found = {}
    for entity in entities:
        labels = entity["labels"] or {}
        name = next((labels[lang]["value"] for lang in [*langs, "mul"] if lang in labels), None)
        if entity["type"] == "item" and name and wanted.intersection(values(entity, "P31")):
            found.setdefault(entity["id"], name)
    return found


@pytest.mark.parametrize("best", [False, True])
@pytest.mark.parametrize("lang", ["am", "et", "am,en", "zz"])
@pytest.mark.parametrize("depth", [0, 1, 2, 9])
@pytest.mark.parametrize("classes", [("Q515",), ("Q5119",), ("Q515", "Q5"), ("Q11424",)])
def test_a_list_is_what_the_slow_way_finds(classes, depth, lang, best):
    slow = slow_names(ENTITIES, classes, lang.split(","), depth, best)
    if not slow:
        with pytest.raises(InputError, match="no item of class"):
            names(DUMP, plan(*classes, lang=lang, depth=depth, best=best))
        return
    found = names(DUMP, plan(*classes, lang=lang, depth=depth, best=best))
    assert [(item.id, item.name) for item in found] == list(slow.items())


def test_cities_in_amharic_have_their_aliases():
    found = {item.id: item for item in names(DUMP, plan("Q515", depth=2))}
    assert found["Q84"] == KbName("ለንደን", "Q84", ("ሎንዶን", "LDN"))
    assert found["Q3604"] == KbName("አዲስ አበባ", "Q3604", ("ፊንፊኔ",))  # the alias that equals the name is left out
    assert found["Q13972"].name == "Tartu"  # the name for all languages
    assert not {"Q1", "Q2", "Q3", "Q100", "Q7777", "P31"} & found.keys()


def test_further_languages_come_after_the_first():
    found = {item.id: item for item in names(DUMP, plan("Q515", depth=2, lang="am,en"))}
    assert found["Q100"].name == "Boston"
    assert found["Q84"].aliases == ("ሎንዶን", "London", "London, UK", "Londinium", "LDN")


def test_the_label_is_that_of_the_first_class_that_fits():
    wanted = Plan((Extraction("", (WantedClass("Q5119", "CAPITAL"), WantedClass("Q515", "CITY")), ("et",)),), depth=2)
    with extracted(DUMP, wanted) as found:
        labels = {item.id: item.label for item in found.names("")}
    # Q5119 is above Q515 too: the classes stand in a circle
    assert labels == {"Q84": "CAPITAL", "Q3604": "CAPITAL", "Q1770": "CAPITAL", "Q13972": "CAPITAL"}


def test_the_error_names_the_languages_that_there_are():
    with pytest.raises(InputError) as caught:
        names(DUMP, plan("Q4830453", lang="am"))
    assert "no item of class Q4830453 has a label in 'am' or 'mul'; of 1 direct items there is one for 1 in 'et'" in str(
        caught.value
    )
    assert "--lang et" in str(caught.value)


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".zst", "l"])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_any_compression_and_json_lines_give_the_same(tmp_path, suffix, ends):
    data = DUMP.read_bytes().replace(b"\n", ends)
    pack = {
        ".gz": gzip.compress,
        ".bz2": lambda text: b"".join(bz2.compress(text[at : at + 5000]) for at in range(0, len(text), 5000)),
        ".zst": zstandard.ZstdCompressor().compress,
        "l": lambda text: b"\xef\xbb\xbf" + b"\n".join(line.rstrip(b",\r") for line in text.split(b"\n") if len(line) > 2),
    }[suffix]
    path = tmp_path / f"dump.json{suffix}"
    path.write_bytes(pack(data))
    assert names(path, plan("Q515", depth=2)) == names(DUMP, plan("Q515", depth=2))


def test_standard_input_is_read_once(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(bz2.compress(DUMP.read_bytes()))))
    assert names("-", plan("Q515", depth=2)) == names(DUMP, plan("Q515", depth=2))


def test_several_lists_come_out_of_one_reading(tmp_path):
    text = "# ANEA\nQ5\tet\tPER\r\n\nQ515\tam,en\tLOC\nQ11424\tes\tMOVIE\n"
    with extracted(DUMP, Plan(parse_specification(text, "spec.txt"), depth=1)) as found:
        lists = {name: [(item.name, item.label) for item in found.names(name)] for name in found.lists}
    assert lists["PER"] == [("Pedro Almodóvar", "PER"), ("Penélope Cruz", "PER")]
    assert lists["MOVIE"] == [("Volver", "MOVIE"), ("Hable con ella", "MOVIE")]
    assert len(lists["LOC"]) == 6


@pytest.mark.parametrize("line", ["Q5 et PER", "Q5\tet", "5\tet\tPER", "Q5\tet\tP ER", "Q5\t?\tPER", "Q5\tet\t../x"])
def test_a_wrong_specification_names_the_line(line):
    with pytest.raises(InputError, match=r"spec\.txt:2:"):
        parse_specification(f"# first\n{line}\n", "spec.txt")


def test_wrong_classes_and_languages_are_wrong_usage():
    for text in ("515", "Q0", "P31", "Q515=A B", "q515"):
        with pytest.raises(OptionError):
            parse_class(text)
    with pytest.raises(OptionError):
        parse_langs("am en")


def test_a_saved_table_of_subclasses_saves_looking_for_them(tmp_path):
    table = tmp_path / "subclasses.tsv"
    first = names(DUMP, plan("Q515", depth=2), subclasses=str(table))
    assert "Q1549591\tQ515" in table.read_text()
    without = [entity for entity in ENTITIES if "P279" not in (entity["claims"] or {})]
    dump = tmp_path / "d.json"
    dump.write_text("\n".join(json.dumps(entity) for entity in without))
    assert names(dump, plan("Q515", depth=2), subclasses=str(table)) == first
    table.write_text("Q1 Q2\n")
    with pytest.raises(InputError, match=r"subclasses\.tsv:1"):
        names(dump, plan("Q515", depth=2), subclasses=str(table))


@pytest.mark.parametrize("suffix", ["", ".gz", ".bz2", ".zst"])
@pytest.mark.parametrize("share", [0.3, 0.7, 0.97])
def test_a_dump_that_is_cut_off_is_an_error_unless_a_part_will_do(tmp_path, suffix, share):
    data = DUMP.read_bytes()
    data = {"": bytes, ".gz": gzip.compress, ".bz2": bz2.compress, ".zst": zstandard.ZstdCompressor().compress}[suffix](data)
    path = tmp_path / f"cut.json{suffix}"
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(InputError, match="cut off"):
        names(path, plan("Q515", depth=2))
    if suffix == "":
        found = names(path, plan("Q515", depth=2), partial=True)
        assert 0 < len(found) <= len(names(DUMP, plan("Q515", depth=2)))


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".zst"])
def test_damaged_data_is_an_error(tmp_path, suffix):
    pack = {".gz": gzip.compress, ".bz2": bz2.compress, ".zst": zstandard.ZstdCompressor(write_checksum=True).compress}
    data = bytearray(pack[suffix](DUMP.read_bytes()))
    data[len(data) // 2] ^= 0x55
    path = tmp_path / f"bad.json{suffix}"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"damaged|cut off"):
        names(path, plan("Q515", depth=2))


def test_large_gzip_goes_through_all_cores(tmp_path, monkeypatch):
    monkeypatch.setattr("farspan.sources.kb.streams._SMALL", 0)
    path, data = tmp_path / "d.json.gz", gzip.compress(DUMP.read_bytes())
    path.write_bytes(data + gzip.compress(b"\n"))
    assert names(path, plan("Q515", depth=2)) == names(DUMP, plan("Q515", depth=2))
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match="cut off"):
        names(path, plan("Q515", depth=2))
    path.write_bytes(data[:-8] + bytes(8))
    with pytest.raises(InputError, match="damaged"):
        names(path, plan("Q515", depth=2))


def test_a_missing_folder_is_an_error_before_anything_is_read(tmp_path):
    with pytest.raises(OutputError, match=r"out\.jsonl: its folder does not exist"):
        names(DUMP, plan("Q515"), state=str(tmp_path / "none" / "out.jsonl.resume"))


def test_lines_that_cannot_be_used_are_counted_with_their_place(tmp_path):
    lines = DUMP.read_text(encoding="utf-8").split("\n")
    lines[3:3] = ["garbage", '{"type":"item","id":"Q515","P31","Q515" broken},', "\x00\x01", "[]", '{"P31":"Q515","am":1},']
    path = tmp_path / "dump.json"
    path.write_text("\n".join(lines), encoding="utf-8")
    with extracted(path, plan("Q515", depth=2)) as found:
        assert len(list(found.names(""))) == 4
        assert [line for line, _ in found.problems] == [4, 5, 6, 8]
        assert found.counts["duplicates"] == 1


def test_a_line_without_end_is_left_out_and_memory_stays_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr("farspan.sources.kb.streams.PIECE", 4096)
    path = tmp_path / "dump.json"
    path.write_bytes(b"short\n" + b"x" * 300_000 + b"\nnext\n" + b"y" * 200_000)
    with open_dump(path) as dump:
        found = list(batches(dump, longest=100_000))
    assert [(batch.line, batch.too_long) for batch in found] == [(1, False), (2, True), (3, False), (4, True)]
    assert [line for batch in found for line in batch.lines] == [b"short", b"next"]


def test_what_is_no_dump_is_said_so(tmp_path):
    for content in (b"", b"\n\n", b"a,b\nc,d\n", b"[1,2,3]", b"\x00\xff" * 50):
        path = tmp_path / "none.json"
        path.write_bytes(content)
        with pytest.raises(InputError, match=r"no Wikidata dump|cut off"):
            names(path, plan("Q515"))
    with pytest.raises(InputError, match="there is no such file"):
        names(tmp_path / "missing.json", plan("Q515"))
    with pytest.raises(InputError, match="folder"):
        names(tmp_path, plan("Q515"))


class _Stops:
    def __init__(self, calls):
        self.calls = calls

    def progress(self, done, total, note):
        self.calls -= 1
        if self.calls < 0:
            raise Cancelled


@pytest.mark.parametrize("calls", [1, 5, 17, 20])
@pytest.mark.parametrize("suffix", ["", ".bz2", ".gz"])
def test_a_cancelled_reading_goes_on_where_it_stood(tmp_path, monkeypatch, calls, suffix):
    monkeypatch.setattr("farspan.sources.kb.streams.PIECE", 700)
    path, state = tmp_path / f"d.json{suffix}", tmp_path / "out.resume"
    data = DUMP.read_bytes()
    if suffix == ".bz2":
        data = b"".join(bz2.compress(data[at : at + 1000]) for at in range(0, len(data), 1000))
    path.write_bytes(gzip.compress(data) if suffix == ".gz" else data)
    wanted = plan("Q515", depth=2)
    with pytest.raises(Cancelled):
        names(path, wanted, state=str(state), checkpoint=1, job=_Stops(calls))
    with extracted(path, wanted, state=str(state)) as found:
        assert found.resumed
        assert list(found.names("")) == names(DUMP, wanted)
        assert found.counts["lines"] == len(ENTITIES)
    assert not state.exists()


def test_another_question_or_another_dump_starts_over(tmp_path, monkeypatch):
    monkeypatch.setattr("farspan.sources.kb.streams.PIECE", 700)
    state = str(tmp_path / "out.resume")
    with pytest.raises(Cancelled):
        names(DUMP, plan("Q515"), state=state, checkpoint=1, job=_Stops(9))
    with extracted(DUMP, plan("Q5", lang="es"), state=state) as found:
        assert not found.resumed
        assert [item.name for item in found.names("")] == ["Pedro Almodóvar", "Penélope Cruz"]


def test_a_file_of_somebody_else_is_not_taken_for_a_state(tmp_path):
    state = tmp_path / "out.resume"
    state.write_text("my notes")
    with pytest.raises(OutputError, match="remove the file"):
        names(DUMP, plan("Q515"), state=str(state))
    assert state.read_text() == "my notes"


KILLED = """
import os, signal, sys
import farspan.sources.kb.streams as streams
streams.PIECE = 700
from farspan.sources.kb.extraction import Extraction, Plan, WantedClass
from farspan.sources.kb.wikidata import extracted

class Kills:
    calls = 0
    def progress(self, done, total, note):
        self.calls += 1
        if self.calls == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)

plan = Plan((Extraction("", (WantedClass("Q515"),), ("am",)),), 2, True)
with extracted(sys.argv[1], plan, state=sys.argv[2], checkpoint=1, job=Kills()):
    pass
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a thing of POSIX")
def test_a_killed_process_loses_nothing(tmp_path):
    state = tmp_path / "out.resume"
    for calls in (3, 6, 7):
        done = subprocess.run([sys.executable, "-c", textwrap.dedent(KILLED), str(DUMP), str(state), str(calls)], check=False)
        assert done.returncode == -signal.SIGKILL
    with extracted(DUMP, plan("Q515", depth=2), state=str(state)) as found:
        assert found.resumed
        assert list(found.names("")) == names(DUMP, plan("Q515", depth=2))
    assert not any(tmp_path.iterdir())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chunks=st.lists(st.binary(max_size=3000), max_size=6),
    level=st.integers(1, 9),
    window=st.sampled_from([64, 1000, 1 << 20]),
    data=st.data(),
)
def test_blocks_of_bzip2_are_what_the_standard_library_reads(monkeypatch, chunks, level, window, data):
    packed = b"".join(bz2.compress(chunk, level) for chunk in chunks) or bz2.compress(b"")
    monkeypatch.setattr(bz2_blocks, "_WINDOW", window)
    found = list(bz2_blocks.blocks(io.BytesIO(packed), "x", 0, 2))
    assert b"".join(block for _, block in found) == bz2.decompress(packed)
    if found:
        begin = data.draw(st.integers(0, len(found) - 1))
        again = list(bz2_blocks.blocks(io.BytesIO(packed), "x", found[begin][0], 1))
        assert again == found[begin:]
    last = len(bz2.compress(chunks[-1], level)) if chunks else len(packed)
    cut = data.draw(st.integers(len(packed) - last + 1, len(packed) - 1))
    with pytest.raises(InputError):
        list(bz2_blocks.blocks(io.BytesIO(packed[:cut]), "x", 0, 1))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.binary(max_size=30).map(lambda b: b.replace(b"\n", b"")), max_size=20),
    size=st.integers(1, 40),
    ends=st.booleans(),
)
def test_batches_are_the_lines_and_can_be_gone_on_with(tmp_path, monkeypatch, lines, size, ends):
    monkeypatch.setattr("farspan.sources.kb.streams.PIECE", size)
    path = tmp_path / "lines"
    content = b"x" + b"\n".join(lines) + (b"\n" if ends else b"")
    path.write_bytes(content)
    with open_dump(path) as dump:
        found = list(batches(dump))
        assert b"".join(map(_bytes, found)) == content
        for at, batch in enumerate(found):
            assert batch.line == b"".join(map(_bytes, found[:at])).count(b"\n") + 1
            if batch.has_end:
                rest = list(batches(dump, batch.next))
                assert b"".join(map(_bytes, rest)) == b"".join(map(_bytes, found[at + 1 :]))
                assert not rest or rest[0].line == batch.next.line
        assert not found or list(batches(dump, Mark())) == found


def _bytes(batch):
    return b"\n".join(batch.lines) + (b"\n" if batch.lines and batch.has_end else b"")


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(
        st.tuples(st.integers(0, len(ENTITIES) - 1), st.sampled_from(["labels", "aliases", "claims", "id", "type"]), JSON),
        max_size=4,
    ),
    noise=st.lists(st.binary(max_size=40), max_size=3),
)
def test_wrong_shapes_never_raise_anything_but_our_errors(tmp_path, changes, noise):
    entities = [dict(entity) for entity in ENTITIES]
    for number, key, value in changes:
        entities[number][key] = value
    path = tmp_path / "odd.json"
    lines = [json.dumps(entity).encode() for entity in entities] + noise
    path.write_bytes(b"\n".join(lines) + b"\n")
    try:
        found = names(path, plan("Q515", depth=2), partial=True)
    except InputError:
        return
    assert all(isinstance(item.name, str) and item.name for item in found)


@settings(max_examples=60, deadline=None)
@given(edges=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))), depth=st.integers(0, 12))
def test_what_stands_below_is_what_repeated_looking_finds(edges, depth):
    slow = {0}
    for _ in range(depth):
        slow |= {child for child, parent in edges if parent in slow}
    assert set(below(["0"], depth, children_of((str(c), str(p)) for c, p in edges))) == {str(node) for node in slow}


@given(
    ids=st.lists(st.one_of(st.integers(1, 5000).map(lambda n: f"Q{n}"), st.sampled_from(["Q007", "P1", "Q99999999999", "", "Q"])))
)
def test_seen_is_a_set(ids):
    seen, slow = Seen(), set()
    for key in ids:
        assert (key in seen) == (key in slow)
        seen.add(key)
        slow.add(key)
