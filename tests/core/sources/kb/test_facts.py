"""Given a dump of Wikidata, when triples are extracted, then each statement is one, with the types and names of its ends."""

import io
import json
import sys
from pathlib import Path

import pytest

from farspan.errors import InputError, OptionError
from farspan.job import Cancelled
from farspan.model import Triple
from farspan.relations.reading import load_kb
from farspan.sources.kb.extraction import WantedClass, parse_property
from farspan.sources.kb.facts import FactPlan, facts
from farspan.sources.kb.triples import read_columns, read_rdf_relations, split_columns, write_triples

DUMP = Path(__file__).resolve().parents[3] / "data" / "wikidata_small.json"
TYPED = FactPlan(
    {"P57": "director", "P161": "P161"}, ("es",), aliases=True, types=(WantedClass("Q11424", "MOVIE"), WantedClass("Q5")), depth=1
)
SOURCE = "Wikidata 2026-01-05"


def test_triples_have_types_and_names():
    with facts(DUMP, TYPED) as found:
        rows = list(found.triples())
        names = {item.id: (item.name, item.aliases, item.label) for item in found.names()}
        assert found.counts["lines"] == 24
        assert not found.problems
    assert [row.triple for row in rows] == [
        Triple("Q60", "director", "Q55", "MOVIE", "Q5", SOURCE),
        Triple("Q60", "P161", "Q56", "MOVIE", "Q5", SOURCE),
        Triple("Q61", "director", "Q55", "MOVIE", "Q5", SOURCE),
        Triple("Q62", "director", "Q57", "MOVIE", "", SOURCE),
        Triple("Q62", "director", "Q55", "MOVIE", "Q5", SOURCE),
    ]
    assert (rows[2].subject_name, rows[2].object_name) == ("Hable con ella", "Pedro Almodóvar")
    assert rows[3].subject_name == rows[3].object_name == ""
    assert names["Q55"] == ("Pedro Almodóvar", ("Almodóvar",), "Q5")
    assert names["Q56"] == ("Penélope Cruz", ("Pe",), "Q5")
    assert "Q62" not in names


def test_preferred_statements_can_stand_alone():
    with facts(DUMP, FactPlan({"P57": "P57"}, best=True)) as found:
        assert [row.triple.object for row in found.triples() if row.triple.subject == "Q62"] == ["Q55"]


def test_what_comes_of_a_dump_that_is_cut_off_says_so(tmp_path):
    path = tmp_path / "cut.json"
    path.write_bytes(DUMP.read_bytes()[:-2000])
    with pytest.raises(InputError, match="cut off"), facts(path, TYPED):
        pass
    with facts(path, TYPED, partial=True) as found:
        assert found.origin["cut_off"] is True
    with facts(DUMP, TYPED) as found:
        assert "cut_off" not in found.origin


def test_a_property_nobody_has_is_an_error():
    with pytest.raises(InputError, match="P9999"), facts(DUMP, FactPlan({"P9999": "x"})) as found:
        list(found.triples())
    with pytest.raises(OptionError):
        parse_property("57")


@pytest.mark.parametrize("calls", [2, 8, 19, 24, 30, 38])
def test_a_cancelled_reading_goes_on_in_either_stage(tmp_path, monkeypatch, calls):
    monkeypatch.setattr("farspan.sources.kb.streams.PIECE", 700)
    state = str(tmp_path / "kb.tsv.resume")

    class Stops:
        left = calls

        def progress(self, done, total, note):
            self.left -= 1
            if self.left < 0:
                raise Cancelled

    with pytest.raises(Cancelled), facts(DUMP, TYPED, state=state, checkpoint=1, job=Stops()):
        pass
    with facts(DUMP, TYPED, state=state) as found, facts(DUMP, TYPED) as whole:
        assert found.resumed
        assert list(found.triples()) == list(whole.triples())
        assert list(found.names()) == list(whole.names())
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", [".tsv", ".csv", ".jsonl"])
def test_what_is_written_is_what_relate_reads(tmp_path, suffix):
    path = tmp_path / f"kb{suffix}"
    with facts(DUMP, TYPED) as found:
        assert write_triples(str(path), found.triples(), has_names=True) == 5
        assert list(load_kb(str(path)).triples()) == [row.triple for row in found.triples()]


def test_a_table_with_other_columns(tmp_path):
    path = tmp_path / "films.csv"
    path.write_text("film,by\nhttp://www.wikidata.org/entity/Q60,Q55\nQ61,\n")
    file, chosen = split_columns(f"{path}?subject=film&object=by")
    problems = []
    rows = [row.triple for row in read_columns(file, chosen, "P57", problems)]
    assert rows == [Triple("Q60", "P57", "Q55")]
    assert str(problems[0]).endswith("films.csv:3: no subject or no object; skipped")
    with pytest.raises(InputError, match="there is film, by"):
        list(read_columns(file, {"subject": "movie"}, "P57", []))
    with pytest.raises(OptionError):
        split_columns("x.csv?title=film")


def test_relations_of_rdf(tmp_path):
    path = tmp_path / "kb.ttl"
    path.write_text("""@prefix x: <http://x.org/v#> . @prefix wd: <http://www.wikidata.org/entity/> .
        wd:Q60 x:director wd:Q55 ; x:title "Volver" ; x:cast wd:Q56 .""")
    rows = [row.triple for row in read_rdf_relations(str(path), {"director": "P57"}, 60)]
    assert rows == [Triple("Q60", "P57", "Q55")]
    with pytest.raises(InputError, match="there is cast, director"):
        list(read_rdf_relations(str(path), {"author": "author"}, 60))


def test_the_second_reading_needs_a_file(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DUMP.read_bytes())))
    with pytest.raises(InputError, match="only one"), facts("-", TYPED):
        pass


def test_json_lines_leave_blank_cells_out(tmp_path):
    path = tmp_path / "kb.jsonl"
    with facts(DUMP, FactPlan({"P57": "P57"})) as found:
        write_triples(str(path), found.triples(), has_names=False)
    first = json.loads(path.read_text().split("\n")[0])
    assert first == {"subject": "Q60", "relation": "P57", "object": "Q55", "source": SOURCE}
