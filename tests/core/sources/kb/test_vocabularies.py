"""Given vocabularies, tables and gazetteers, when they are read as lists, then every name comes with its id and its aliases."""

import bz2
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farspan.errors import FarspanError, InputError, OptionError
from farspan.sources.kb.endpoint import ask
from farspan.sources.kb.extraction import KbName
from farspan.sources.kb.forms import Wanted, form_of, read_answer, read_names
from farspan.sources.kb.writing import LIST_FORMS, write_list
from farspan.sources.lists import Columns, load_list, parse_list_argument

SKOS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix e: <http://ex.org/c/> .
e:animal a skos:Concept ; skos:prefLabel "animal"@en , "loom"@et ; skos:narrower e:cat ; skos:broader e:lion .
e:cat skos:prefLabel "cat"@en , "kass"@et , "gato"@pt-BR ; skos:altLabel "moggy"@en , "kiisu"@et ; skos:hiddenLabel "kat"@en ;
  skos:notation "C1" .
e:lion skos:broader e:cat ; xl:prefLabel [ xl:literalForm "lion"@en ] ; xl:altLabel [ xl:literalForm "big cat"@en ] .
e:rock skos:prefLabel "rock"@en , "kivi"@et .
e:old skos:prefLabel "old"@en ; owl:deprecated true .
"""
OBO = """format-version: 1.2
ontology: x

[Term]
id: X:1
name: root

[Term]
id: X:2
name: heart failure
synonym: "cardiac failure" EXACT []
synonym: "HF \\"acute\\"" NARROW []
synonym: "heart disease" BROAD []
synonym: "weak heart" RELATED []
is_a: X:1

[Term]
id: X:3
name: gone
is_obsolete: true

[Typedef]
id: part_of
name: part of
"""
ESCO = """conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,code
Occupation,http://data.europa.eu/esco/occupation/1,2654,film director,"movie director
film directors",,2654.1
Occupation,http://data.europa.eu/esco/occupation/2,2654,,x,,2654.2
Occupation,http://data.europa.eu/esco/occupation/3,2654,"cutter, film",,,
"""
PLACES = "\n".join(
    f"{key}\t{name}\t{plain}\t{others}\t9.0\t38.7\t{kind}\t{code}\tET\t\t44\t\t\t\t100\t\t2405\tX\t2025-01-01"
    for key, name, plain, others, kind, code in (
        ("344979", "Addis Ababa", "Addis Ababa", "ADD,Adis Abeba", "P", "PPLC"),
        ("337996", "Federal Democratic Republic of Ethiopia", "Ethiopia", "", "A", "PCLI"),
        ("1", "Tana", "Tana", "", "H", "LK"),
    )
)
ALTERNATES = (
    "1\t344979\tam\tአዲስ አበባ\t1\t\t\t\n2\t344979\tam\tሸገር\t\t\t1\t\n3\t344979\tam\tአዲስ\t\t1\t\t\n"
    "4\t337996\tam\tኢትዮጵያ\t\t\t\t\n5\t1\ten\tLake Tana\t\t\t\t\n6\t344979\tlink\thttps://x\t\t\t\t\nbad\n"
)
RESULT = {
    "head": {"vars": ["item", "itemLabel", "itemAltLabel"]},
    "results": {
        "bindings": [
            {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q84"},
             "itemLabel": {"type": "literal", "xml:lang": "am", "value": "ለንደን"},
             "itemAltLabel": {"type": "literal", "value": "LDN"}},
            {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q84"},
             "itemLabel": {"type": "literal", "value": "ሎንዶን"}},
            {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q1"}, "itemLabel": {"type": "literal", "value": "Q1"}},
        ]
    },
}  # fmt: skip


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def read(path, form=None, **wanted):
    found = read_names(path, form, Wanted(**wanted))
    return list(found.names), found


@pytest.fixture
def skos(tmp_path):
    return write(tmp_path / "v.ttl", SKOS)


def test_skos_in_a_language(skos):
    names, found = read(skos, langs=("et",), aliases=True)
    assert [(item.name, item.aliases) for item in names] == [("loom", ()), ("kass", ("kiisu",)), ("kivi", ())]
    assert names[1].id == "http://ex.org/c/cat"
    assert found.origin["from"] == "rdf"
    assert found.origin["file"] == "v.ttl"


def test_skos_labels_of_every_kind(skos):
    names = {item.id.rsplit("/", 1)[-1]: item for item in read(skos, langs=("en",), aliases=True)[0]}
    assert names.keys() == {"animal", "cat", "lion", "rock"}  # what is deprecated is left out
    assert names["cat"].aliases == ("kat", "moggy")
    assert (names["lion"].name, names["lion"].aliases) == ("lion", ("big cat",))
    assert [item.name for item in read(skos, langs=("pt",))[0]] == ["gato"]


@pytest.mark.parametrize("root", ["cat", "C1", "http://ex.org/c/cat", "Kass"])
def test_what_stands_below_a_concept_even_in_a_circle(skos, root):
    assert {item.name for item in read(skos, langs=("en",), roots=(root,), depth=1)[0]} == {"cat", "lion"}
    assert {item.name for item in read(skos, langs=("en",), roots=(root,))[0]} == {"cat", "lion", "animal"}


def test_a_language_that_is_not_there_names_those_that_are(skos):
    with pytest.raises(InputError, match="none of 4 entities has a label in 'am'; there are"):
        read(skos, langs=("am",))
    with pytest.raises(InputError, match="there is no 'dog'"):
        read(skos, langs=("en",), roots=("dog",))


def test_owl_with_classes_and_individuals(tmp_path):
    owl = """<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY ex "http://ex.org/" >]>
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"
     xmlns:o="http://www.geneontology.org/formats/oboInOwl#" xmlns:owl="http://www.w3.org/2002/07/owl#">
    <owl:Class rdf:about="&ex;City"><rdfs:label>city</rdfs:label></owl:Class>
    <owl:Class rdf:about="&ex;Capital"><rdfs:label>capital</rdfs:label><rdfs:subClassOf rdf:resource="&ex;City"/></owl:Class>
    <rdf:Description rdf:about="&ex;Tallinn"><rdf:type rdf:resource="&ex;Capital"/><rdfs:label xml:lang="et">Tallinn</rdfs:label>
     <o:hasExactSynonym>Reval</o:hasExactSynonym><o:hasBroadSynonym>Eesti</o:hasBroadSynonym></rdf:Description></rdf:RDF>"""
    path = write(tmp_path / "x.owl.bz2", bz2.compress(owl.encode()))
    assert [item.name for item in read(path, roots=("City",))[0]] == ["capital", "city", "Tallinn"]
    assert read(path, langs=("et",), aliases=True)[0][-1] == KbName("Tallinn", "http://ex.org/Tallinn", ("Reval",))


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]><x>&c;</x>'


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        BOMB.encode("utf-16"),
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rdf:RDF>&a;</rdf:RDF>',
        '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://x/y.dtd">%a;]><x/>',
        "<rdf:RDF",
        "",
        b"\x00\x01\x02",
    ],
)
def test_hostile_rdf_is_refused(tmp_path, content):
    with pytest.raises(InputError) as caught:
        read(write(tmp_path / "x.rdf", content))
    assert "root:" not in str(caught.value)


def test_json_ld_cannot_reach_the_network(tmp_path):
    path = write(tmp_path / "x.jsonld", json.dumps({"@context": "http://127.0.0.1:9/context", "@id": "x", "name": "y"}))
    with pytest.raises(InputError, match="cannot be read"):
        read(path)


def test_parsing_has_an_end(skos):
    with pytest.raises(InputError, match=r"longer than 0\.01 seconds"):
        read(skos, timeout=0.01)


@pytest.mark.parametrize(
    ("scopes", "aliases"),
    [(("exact",), ("cardiac failure",)), (("narrow", "related"), ('HF "acute"', "weak heart")), (("broad",), ("heart disease",))],
)
def test_obo_takes_the_synonyms_that_are_asked_for(tmp_path, scopes, aliases):
    path = write(tmp_path / "x.obo", OBO)
    names, _ = read(path, aliases=True, synonyms=scopes)
    assert names == [KbName("root", "X:1"), KbName("heart failure", "X:2", aliases)]
    assert [item.id for item in read(path, roots=("X:2",))[0]] == ["X:2"]
    with pytest.raises(OptionError, match="hidden"):
        read(path, aliases=True, synonyms=("hidden",))


def test_broken_obo_names_the_line(tmp_path):
    with pytest.raises(InputError, match=r"x\.obo:5: this is not OBO"):
        read(write(tmp_path / "x.obo", "format-version: 1.2\n\n[Term]\nid: X:1\nname\n"))


@pytest.mark.parametrize(
    "before",
    [
        "date: 11:13:2018 12:00", "auto-generated-by", 'synonymtypedef: X "x y" EXACT', "! a comment {", "remark: ", "[Typedef]\nid: x y\nfoo",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "line",
    [
        'def: "a b"', "foo_bar: baz", 'def: "a "b" c" []', "creation_date: 2018-13-01", 'xref: Some Thing:12 "x"',
        'property_value: foo "bar"', "is_a: X:9 {source=\"x\"} ! other", "comment: {", "subset: a ! b ! c",
    ],
)  # fmt: skip
def test_obo_that_does_not_keep_to_its_grammar_is_read(tmp_path, before, line):
    path = write(tmp_path / "x.obo", f"format-version: 1.2\n{before}\n\n[Term]\nid: X:1\n{line}\nname: alpha")
    names, found = read(path)
    assert names == [KbName("alpha", "X:1")]
    assert not found.problems


@pytest.mark.parametrize(
    ("line", "name", "aliases"),
    [
        ('synonym: "beta" []', "alpha", ()),  # without a scope it is RELATED
        ('synonym: "beta" exact []', "alpha", ("beta",)),
        ('synonym: "beta" EXACT', "alpha", ("beta",)),
        ('exact_synonym: "beta" [X:3 "t"]', "alpha", ("beta",)),
        ('related_synonym: "beta" []', "alpha", ()),
        ('synonym: "be \\"ta\\"" EXACT TYPE [X:1, PMID:2 "t"] {a="b"} ! c', "alpha", ('be "ta"',)),
        ("is_obsolete: false", "alpha", ()),
    ],
)
def test_obo_synonyms_of_every_age(tmp_path, line, name, aliases):
    assert read(write(tmp_path / "x.obo", f"[Term]\nid: X:1\nname: alpha\n{line}\n"), aliases=True)[0] == [
        KbName(name, "X:1", aliases)
    ]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("alpha {beta} gamma", "alpha {beta} gamma"), ("alpha {beta", "alpha {beta"), ('alpha {source="x", by="y"} ! z', "alpha"),
        ("Yahoo\\! Inc", "Yahoo! Inc"), ("a\\: b\\Wc", "a: b c"), ("#16-15", "#16-15"),
    ],
)  # fmt: skip
def test_obo_names_with_signs_in_them(tmp_path, given, name):
    assert read(write(tmp_path / "x.obo", f"[Term]\nid: my id 1\nname: {given}\r\n"))[0] == [KbName(name, "my id 1")]


def test_lines_of_obo_that_cannot_be_read_are_told_and_the_rest_is_kept(tmp_path):
    path = write(
        tmp_path / "x.obo", OBO.replace("id: X:1\n", "id: X:1\nwhat is this\nsynonym: x []\nname:\n") + "\n[Term]\nname: no id\n"
    )
    names, found = read(path, aliases=True)
    assert [item.id for item in names] == ["X:1", "X:2"]
    assert [str(problem).removeprefix(f"{path}:") for problem in found.problems] == [
        "6: no tag and value: what is this; skipped", "7: no synonym: x []; skipped", "8: nothing stands behind name:; skipped",
        "29: a term without an id; skipped",
    ]  # fmt: skip
    with pytest.raises(InputError, match=r"y\.obo: this is not OBO: there is no \[Term\]"):
        read(write(tmp_path / "y.obo", "<html>"))


OBO_TEXT = st.text(st.sampled_from("ab Zé#-/().'"), min_size=1, max_size=8).map(lambda text: f"x{text}y")
OBO_ID = st.from_regex(r"[A-Z]{1,3}:[0-9]{1,4}", fullmatch=True)


@st.composite
def obo_terms(draw):
    """A frame that keeps to the grammar, tag by tag in any order."""
    lines = ["name: " + draw(OBO_TEXT) + draw(st.sampled_from(["", " ! x", ' {s="x"}']))]
    for scope in draw(st.lists(st.sampled_from(["EXACT", "NARROW", "BROAD", "RELATED"]), max_size=3)):
        xrefs = draw(st.sampled_from(["[]", '[PMID:1 "t"]', "[X:1, X:2]"]))
        quote = draw(st.sampled_from(["", '\\"']))
        lines.append(f'synonym: "{draw(OBO_TEXT)}{quote}" {scope} {xrefs}')
    lines += [f"is_a: {parent} ! what" for parent in draw(st.lists(OBO_ID, max_size=2, unique=True))]
    lines += draw(st.sampled_from([[], ["is_obsolete: true"], ['def: "x" []', "xref: X:1"]]))
    return "\n".join(["[Term]", f"id: {draw(OBO_ID)}", *draw(st.permutations(lines)), ""])


@settings(max_examples=100, deadline=None)
@given(st.lists(obo_terms(), min_size=1, max_size=4))
def test_sound_obo_is_read_as_fastobo_reads_it(terms):
    import io
    import warnings

    from farspan.sources.kb import obo

    fastobo = pytest.importorskip("fastobo")
    text = "format-version: 1.4\n\n" + "\n".join(terms)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frames = list(fastobo.load(io.BytesIO(text.encode())))
    expected = []
    for frame in frames:
        of = {tag: [clause for clause in frame if clause.raw_tag() == tag] for tag in ("name", "synonym", "is_a", "is_obsolete")}
        synonyms = [(clause.synonym.scope.lower(), clause.synonym.desc) for clause in of["synonym"]]
        parents = [str(clause.term) for clause in of["is_a"]]
        expected.append(
            (str(frame.id), [clause.name.strip() for clause in of["name"]], synonyms, parents, bool(of["is_obsolete"]))
        )
    problems = []
    found = [(term.id, term.names, term.synonyms, term.parents, term.is_obsolete) for term in obo._terms("x.obo", text, problems)]
    assert found == expected
    assert not problems


def test_esco_keeps_codes(tmp_path):
    path = write(tmp_path / "occupations_en.csv", ESCO)
    names, found = read(path, aliases=True)
    assert names == [
        KbName("film director", "2654.1", ("movie director", "film directors")),
        KbName("cutter, film", "http://data.europa.eu/esco/occupation/3"),
    ]
    assert "no preferredLabel" in str(found.problems[0])


def test_geonames_by_feature(tmp_path):
    path = write(tmp_path / "ET.txt", PLACES + "\nbroken\trow\n")
    names, found = read(path, features=("P",), aliases=True)
    assert names == [KbName("Addis Ababa", "344979", ("ADD", "Adis Abeba"))]
    assert str(found.problems[0]).startswith(f"{path}:4: 2 columns")
    assert [item.id for item in read(path, features=("A.PCLI", "LK"))[0]] == ["337996", "1"]
    with pytest.raises(OptionError, match="no feature"):
        read(path, features=("X",))
    with pytest.raises(OptionError, match="--alternate-names"):
        read(path, langs=("am",))


def test_geonames_in_a_language(tmp_path):
    path, table = write(tmp_path / "ET.txt", PLACES), write(tmp_path / "alternateNamesV2.txt", ALTERNATES)
    names, _ = read(path, langs=("am",), aliases=True, alternates=table)
    assert names == [KbName("አዲስ አበባ", "344979", ("አዲስ", "ሸገር")), KbName("ኢትዮጵያ", "337996")]
    assert [item.name for item in read(path, langs=("am", "en"), alternates=table)[0]] == ["አዲስ አበባ", "ኢትዮጵያ", "Lake Tana"]


def test_gate_lists_with_features(tmp_path):
    write(tmp_path / "city.lst", "London\tid=Q84\tpop=9\nParis:uri=Q90:label=TOWN\nRio: the city\nNew York\tUSA\n")
    write(tmp_path / "lists.def", "city.lst:location:city\nnone.lst:x\n")
    names, found = read(str(tmp_path / "lists.def"))
    assert names == [
        KbName("London", "Q84", (), "location"), KbName("Paris", "Q90", (), "TOWN"), KbName("Rio: the city", "", (), "location"),
        KbName("New York", "", (), "location"),
    ]  # fmt: skip
    assert [str(problem).split(": ", 1)[1] for problem in found.problems] == [
        "no feature: 'USA'; repaired", "features that a list cannot hold: pop 1; repaired", "there is no file 'none.lst'; skipped",
    ]  # fmt: skip
    write(tmp_path / "lists.def", " city.lst : location : city \n")
    assert {item.label for item in read(str(tmp_path / "lists.def"))[0]} == {"location", "TOWN"}
    write(tmp_path / "lists.def", "../city.lst:location\n")
    with pytest.raises(InputError, match="outside the folder"):
        read(str(tmp_path / "lists.def"))


SRX = """<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="item"/>
<variable name="itemLabel"/></head><results><result><binding name="item"><uri>http://www.wikidata.org/entity/Q84</uri></binding>
<binding name="itemLabel"><literal xml:lang="am">ለንደን</literal></binding></result></results></sparql>"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.json", json.dumps(RESULT)),
        ("r.srj", json.dumps(RESULT)),
        ("r.srx", SRX),
        ("r.csv", "item,itemLabel\r\nhttp://www.wikidata.org/entity/Q84,ለንደን\r\n"),
        ("r.tsv", '?item\t?itemLabel\n<http://www.wikidata.org/entity/Q84>\t"ለንደን"@am\n'),
    ],
)
def test_results_of_queries(tmp_path, name, content):
    path = write(tmp_path / name, content)
    names, found = read(path, "sparql" if name in {"r.csv", "r.tsv"} else None, aliases=True)
    assert (names[0].name, names[0].id) == ("ለንደን", "Q84")
    if "json" in name:
        assert names[0].aliases == ("LDN", "ሎንዶን")
        assert "Q1 has no label" in str(found.problems[0])
    assert read(f"{path}?name=itemLabel", "sparql")[0][0].name == "ለንደን"


def test_a_table_of_entities_and_labels_is_a_result(tmp_path):
    rows = "{0}http://www.wikidata.org/entity/Q84{1}{2}London\n{0}http://www.wikidata.org/entity/Q3107329{1}{2}Q3107329\n"
    csv = write(tmp_path / "r.csv", "item,itemLabel\n" + rows.format("", "", ","))
    tsv = write(tmp_path / "r.tsv", "?item\t?itemLabel\n" + rows.format("<", ">", "\t"))
    for path in (csv, tsv, f"{csv}?name=itemLabel", f"{tsv}?name=itemLabel&id=item"):
        names, found = read(path)
        assert names == [KbName("London", "Q84")]
        assert "Q3107329 has no label" in str(found.problems[0])
    assert read(write(tmp_path / "one.tsv", '?nameLabel\n"Lima"@es\n'))[0] == [KbName("Lima")]


def test_other_tables_are_told_of_the_form_for_results(tmp_path):
    path = write(tmp_path / "r.csv", "thing,thingName\nhttp://x.org/1,Lima\n")
    with pytest.raises(InputError, match=r"no column 'name'; there is 'thing', 'thingName'.*say --form sparql"):
        read(path)
    assert read(path, "sparql")[0] == [KbName("Lima", "http://x.org/1")]
    with pytest.raises(InputError, match=r"no column 'name'; there is 'thing', 'thingName'[^;]*$"):
        read(path, "table")


@pytest.mark.parametrize(
    "content", ["{", '{"head":{}}', '{"head":{"vars":[]},"results":{"bindings":[3]}}', "<sparql", BOMB, "<x/>"]
)
def test_what_is_no_result_is_an_error(tmp_path, content):
    with pytest.raises(InputError):
        read(write(tmp_path / "r.srj", content))


class _Endpoint(BaseHTTPRequestHandler):
    def do_POST(self):
        query = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if "slow" in query:
            self.server.wake.wait(5)
        status, body = (
            (400, b"MalformedQueryException: line 1\n trace") if "wrong" in query else (200, json.dumps(RESULT).encode())
        )
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def endpoint():
    server = HTTPServer(("127.0.0.1", 0), _Endpoint)
    server.wake = threading.Event()
    server.handle_error = lambda *_: None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.wake.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_endpoint_answers_fails_or_takes_too_long(endpoint):
    found = read_answer(ask(endpoint, "select", 5), endpoint, "select", Wanted())
    assert [item.name for item in found.names] == ["ለንደን"]
    assert found.origin["query"] == "select"
    with pytest.raises(InputError, match=r"400 .*it says: MalformedQueryException: line 1"):
        ask(endpoint, "wrong", 5)
    with pytest.raises(InputError, match=r"no answer within 0\.2 seconds"):
        ask(endpoint, "slow", 0.2)
    with pytest.raises(InputError, match="cannot be reached"):
        ask("http://127.0.0.1:1/", "x", 1)
    with pytest.raises(OptionError):
        ask("file:///etc/passwd", "x", 1)


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.ttl.gz", b"", "rdf"), ("a.skos", b"", "rdf"), ("a.obo", b"", "obo"), ("a.lst", b"", "gate"), ("a.csv", b"name\nx\n", "table"),
        ("a.txt", b"London\n", "table"), ("a.xml", b'<rdf:RDF xmlns:rdf="x">', "rdf"), ("a.json", b'["London"]', "table"),
        ("a.jsonl", b'{"name":"x"}', "table"), ("a.jsonl", b'{"id": "Q5", "labels": {}}', "wikidata"),
        ("a.tsv", b"?item\t?itemLabel\n", "sparql"), ("a.csv", b"?a,?b\r\n", "sparql"), ("a.tsv", b"?itemLabel\n", "sparql"),
        ("a.txt", b"?what\nwho\n", "table"), ("a.csv", b"item,itemLabel\nx,y\n", "table"), ("a.tsv", b"?\t?\n", "table"),
    ],
)  # fmt: skip
def test_forms_are_found_out(tmp_path, name, content, form):
    assert form_of(write(tmp_path / name, content)) == form


def test_an_option_a_form_does_not_know_is_wrong_usage(tmp_path):
    with pytest.raises(OptionError, match="--lang means nothing"):
        read(write(tmp_path / "a.lst", "x"), langs=("am",))


ROWS = [KbName("ለንደን", "Q84", ("London", "a|b"), "LOC"), KbName("Ann", "Q1", (), "PER"), KbName("no id")]


@pytest.mark.parametrize("form", sorted(LIST_FORMS))
def test_lists_come_back_from_every_form(tmp_path, form):
    path = tmp_path / ("x.jsonl" if form == "ruler" else f"x{LIST_FORMS[form].suffixes[0]}")
    written = write_list(str(path), iter(ROWS), form=form, origin={"from": "test"})
    assert (written.items, written.names) == (3, 5)
    back = load_list(path, "X") if form != "gate" else None
    names = back.surfaces if back else [item.name for item in read(str(path))[0]]
    expected = ["ለንደን", "London", "a|b", "Ann", "no id"]
    assert names == ([name for name in expected if name != "a|b"] if form in {"csv", "tsv"} else expected)
    assert written.lost["aliases"] == (1 if form in {"csv", "tsv"} else 0)
    assert written.lost["ids"] == (2 if form == "txt" else 0)
    if back and form != "txt":
        assert back.ids[0] == ("Q84",)
        assert back.labels[0] == "LOC"
    if form == "jsonl":
        assert json.loads(path.read_text("utf-8").split("\n")[0]) == {
            "name": "ለንደን", "id": "Q84", "aliases": ["London", "a|b"], "label": "LOC",
        }  # fmt: skip
    if back:
        assert back.origin == {"from": "test"}


def test_unclear_forms_are_wrong_usage(tmp_path):
    with pytest.raises(OptionError, match="not clear"):
        write_list(str(tmp_path / "x.doc"), iter(ROWS))
    with pytest.raises(OptionError, match="docx"):
        write_list(str(tmp_path / "x.csv"), iter(ROWS), form="docx")


SEEDS = {".obo": OBO, ".csv": ESCO, ".lst": "London\tid=Q84\n", ".srj": json.dumps(RESULT), ".srx": SRX, ".txt": PLACES}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(suffix=st.sampled_from(sorted(SEEDS)), data=st.data())
def test_spoiled_files_raise_nothing_but_our_errors(tmp_path, suffix, data):
    content = bytearray(SEEDS[suffix].encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=8))
    path = write(tmp_path / f"x{suffix}", bytes(content))
    try:
        names, _ = read(path, aliases=True)
    except FarspanError:
        return
    assert all(isinstance(item, KbName) for item in names)


def test_annotate_takes_vocabularies_as_they_are(tmp_path, skos):
    found = load_list(skos, "THING", columns=parse_list_argument(f"THING={skos}?lang=et").columns)
    assert dict(zip(found.surfaces, found.ids, strict=True))["kiisu"] == ("http://ex.org/c/cat",)
    assert found.surfaces == ["loom", "kass", "kiisu", "kivi"]
    assert found.is_alias.tolist() == [False, False, True, False]
    assert found.origin["query"]["lang"] == ["et"]
    assert load_list(write(tmp_path / "x.obo", OBO), "X").surfaces == ["root", "heart failure", "cardiac failure"]
    gate = load_list(write(tmp_path / "x.lst", "London\tid=Q84\n...\n"), "LOC")
    assert (gate.surfaces, gate.ids) == (["London"], [("Q84",)])
    assert str(gate.problems[0]).startswith(f"{tmp_path / 'x.lst'}: the name '...' is all punctuation")
    with pytest.raises(InputError, match="no languages"):
        load_list(write(tmp_path / "x.csv", "name\nx\n"), "X", columns=Columns(lang="et"))
    with pytest.raises(InputError, match="no columns"):
        load_list(skos, "X", columns=Columns(name="prefLabel"))
