"""Token formats: every token and every sentence break comes through, whatever the file looks like."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farspan.errors import InputError, OptionError, OutputError
from farspan.files import TextFile
from farspan.formats import ReadReport, conll, writer_for
from farspan.formats.conll import read_conll
from farspan.model import Document, Span, Tokens
from farspan.spans import SpanTable
from farspan.text.vocabulary import Vocabulary

Sentences = list[list[str]]


def read(data: bytes | str, report: ReadReport | None = None, **options: Any) -> list[Document]:
    file = TextFile("in.conll", io.BytesIO(data if isinstance(data, bytes) else data.encode()), None, None)
    return list(read_conll(file, "in", report or ReadReport(), **options))


def one(data: bytes | str, **options: Any) -> Document:
    (document,) = read(data, **options)
    return document


def words(document: Document) -> Sentences:
    tokens = document.tokens
    assert tokens is not None
    found = [document.text[s:e] for s, e in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]
    bounds = [*tokens.sentences.tolist(), len(found)]
    return [found[a:b] for a, b in pairwise(bounds)]


def gold(document: Document) -> list[tuple[str, str]]:
    return [(document.text[span.start : span.end], span.label) for span in document.spans]


def written(documents: list[Document], format: str = "conll", **options: Any) -> tuple[str, dict[str, int]]:
    stream = io.BytesIO()
    with writer_for(format, stream, **options) as writer:
        for document in documents:
            writer.write(document)
    return stream.getvalue().decode(), dict(writer.loss.counts)


def made(sentences: Sentences, spans: list[Span] | SpanTable = [], meta: dict[str, Any] | None = None) -> Document:  # noqa: B006
    """A document as a token format would give it."""
    lengths = [len(word) for sentence in sentences for word in sentence]
    ends = np.cumsum(np.array(lengths, np.int64) + 1) - 1
    firsts = np.cumsum([0, *map(len, sentences)])[:-1]
    tokens = Tokens((ends - lengths).astype(np.int32), ends.astype(np.int32), firsts.astype(np.int32))
    return Document("d", "\n".join(map(" ".join, sentences)), meta or {}, tokens, spans)


TOKEN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\t\n\r\0"), min_size=1, max_size=5)
SENTENCES = st.lists(st.lists(TOKEN.filter(lambda token: token != "-DOCSTART-"), min_size=1, max_size=5), min_size=1, max_size=4)


@settings(max_examples=200, deadline=None)
@given(SENTENCES, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_any_tokens_between_tabs_come_back(sentences: Sentences, end: str, ended: bool, marked: bool) -> None:
    data = (end * 2).join(end.join(f"{word}\tO" for word in sentence) for sentence in sentences) + (end if ended else "")
    document = one(("\ufeff" if marked else "") + data)
    assert words(document) == sentences
    assert document.text == "\n".join(map(" ".join, sentences))


@settings(max_examples=200, deadline=None)
@given(SENTENCES, st.sampled_from(["iob2", "iob1", "bioes", "bilou", "io"]), st.data())
def test_tokens_sentences_and_spans_are_written_and_read_again(sentences: Sentences, scheme: str, data: st.DataObject) -> None:
    spans, place = [], 0
    for sentence in sentences:
        bounds = sorted(data.draw(st.sets(st.integers(0, len(sentence)), max_size=4)))
        offsets = [place, *(place := place + len(word) + 1 for word in sentence)]
        # Labels differ from one span to the next, so that IO loses nothing.
        spans += [Span(offsets[a], offsets[b] - 1, f"L{a}", kind="gold") for a, b in pairwise(bounds)]
    document = made(sentences, spans)
    text, loss = written([document], scheme=scheme, kinds=("gold",))
    again = one(text)
    assert words(again) == sentences
    assert list(again.spans) == spans
    assert loss == {}


def test_a_first_token_that_looks_like_a_byte_order_mark_is_kept() -> None:
    for sentences in ([["\ufeff", "x"]], [["\ufeffx"]]):
        assert words(one(written([made(sentences)])[0])) == sentences


PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\t\n\r\0 "), min_size=1, max_size=5)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(PLAIN, min_size=1, max_size=5), min_size=1, max_size=4))
def test_conll2003_comes_back_with_its_columns(sentences: Sentences) -> None:
    sentences = [[word if word != "-DOCSTART-" else "x" for word in sentence] for sentence in sentences]
    data = "-DOCSTART- -X- -X- O\n\n" + "\n\n".join("\n".join(f"{word} NNP B-NP O" for word in s) for s in sentences) + "\n"
    document = one(data)
    assert words(document) == sentences
    assert written([document], "conll2003") == (data, {})


def test_a_file_as_found_in_the_wild() -> None:
    data = (
        "-DOCSTART- -X- -X- O\r\n\r\nEU NNP B-NP B-ORG\r\nrejects VBZ B-VP O\r\n--\r\nPeter NNP B-NP B-PER\r\n"
        "Blackburn NNP I-NP I-PER\r\n   \r\n\r\n-DOCSTART- -X- O\r\n\r\n# CD B-NP O\r\n-- : O O\r\n-DOCSTART- X X O"
    )
    first, second = read(data)
    assert (first.id, second.id) == ("in-1", "in-2")
    assert words(first) == [["EU", "rejects"], ["Peter", "Blackburn"]]
    assert words(second) == [["#", "--", "-DOCSTART-"]]
    assert gold(first) == [("EU", "ORG"), ("Peter Blackburn", "PER")]
    assert first.tokens is not None
    assert first.tokens.columns == {
        "pos": ["NNP", "VBZ", "NNP", "NNP"],
        "chunk": ["B-NP", "B-VP", "B-NP", "I-NP"],
        "tag": ["B-ORG", "O", "B-PER", "I-PER"],
    }
    assert (first.meta["docstart"], second.meta["docstart"]) == ("-DOCSTART- -X- -X- O", "-DOCSTART- -X- O")


def test_comments_are_left_out_and_hashes_are_not() -> None:
    data = "# sent_id = 1\n# text = hola\n#\tO\n# x\tO\nhola\tB-X\n\n# O\n#tag\tO\n"
    assert words(one(data)) == [["#", "# x", "hola"], ["#tag"]]
    spaced = "# id 1 of file\n# text hola\nhola O\n\n# O\n#1 B-X\n"
    assert words(one(spaced)) == [["hola"], ["#", "#1"]]


def test_a_hash_that_is_no_comment_is_an_error_not_a_loss() -> None:
    with pytest.raises(InputError, match=r"in.conll:2: the line has 1 of 2 columns \(parted by tabs\)"):
        one("hola\tO\n# what\nx\tO\n")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("London\tart-film\nis\tO\na\tO\nwhale\tO\nof\tO\n", [("London", "art-film")]),
        ("New\tLOC\nYork\tLOC\n,\tO\nof\tO\nthe\tO\n", [("New York", "LOC")]),
        ("Lima\tNNP\nes\tVB\nO\tDT\n", []),  # parts of speech
        ("Lima\t1\nes\tO\nla\tO\n", []),
    ],
)
def test_labels_without_marks_are_labels(rows: str, expected: list[tuple[str, str]]) -> None:
    assert gold(one(rows)) == expected


GERMEVAL = (
    "#\tn-tv.de vom 26.02.2005 [2005-02-26]\n1\tAda\tB-PER\tO\n2\tlehrt\tO\tO\n"
    "3\tUniversität\tB-ORG\tO\n4\tBasel\tI-ORG\tB-LOC\n\n"
)


def test_of_two_columns_of_tags_the_fuller_one_is_taken_and_the_choice_is_told() -> None:
    report = ReadReport()
    (document,) = read(GERMEVAL, report)
    assert (words(document), gold(document)) == (
        [["Ada", "lehrt", "Universität", "Basel"]],
        [("Ada", "PER"), ("Universität Basel", "ORG")],
    )
    says = "in.conll: the tags are those of column 3; 4 may be tags too, and --tag-column takes another column"
    assert report.notices == {"columns": [says]}
    chosen = ReadReport()
    assert gold(read(GERMEVAL, chosen, tag_column=4)[0]) == [("Basel", "LOC")]
    assert not chosen.counts


@pytest.mark.parametrize(
    "rows",
    [
        "Ana NNP B-NP B-PER\nvive VB B-VP O\nen IN B-PP O\nLima NNP B-NP B-LOC\n",  # by their labels
        "Ana NNP B-X B-PER\nvive VB B-Y O\nen IN B-Z O\n. . O O\nLima NNP B-X B-LOC\n",  # by how many there are
    ],
)
def test_phrases_are_no_names(rows: str) -> None:
    report = ReadReport()
    assert gold(read(rows, report)[0]) == [("Ana", "PER"), ("Lima", "LOC")]
    assert not report.counts
    assert gold(one("Ana NNP B-NP O\nvive VB B-VP O\n")) == []
    assert gold(one("Ana NNP B-NP\nvive VB B-VP\n")) == [("Ana", "NP"), ("vive", "VP")]  # unless there is nothing else


def test_the_tag_may_stand_first() -> None:
    document = one("O\tany\nB-Dish\tmexican\nI-Dish\tsoup\n\nB-Place\there\n")
    assert (words(document), gold(document)) == (
        [["any", "mexican", "soup"], ["here"]],
        [("mexican soup", "Dish"), ("here", "Place")],
    )
    assert gold(one("O\t0\t3\tany\nB-Dish\t4\t8\tsoup\n")) == [("soup", "Dish")]
    assert words(one("O\tany\nO\tsoup\n", tag_column=1)) == [["any", "soup"]]
    assert words(one("B-PER\tO\nO\tB-X\n")) == [["B-PER", "O"]]  # words that look like tags


def test_a_comment_may_have_as_many_columns_as_a_token() -> None:
    """As of MultiCoNER: a tab stands in the comment, spaces between columns."""
    spaced = (
        "# id f5-3a\tdomain=en\ndoris _ _ B-Artist\nday _ _ I-Artist\n\n\n# id a1\tdomain=en\nhis _ _ O\n\n# _ _ O\n# _ _ B-X\n"
    )
    document = one(spaced)
    assert words(document) == [["doris", "day"], ["his"], ["#", "#"]]
    assert gold(document) == [("doris day", "Artist"), ("#", "X")]


HIPE = (
    "TOKEN\tNE-COARSE-LIT\tNE-FINE-LIT\tNEL-LIT\tMISC\n# hipe2022:document_id = doc-1\n# hipe2022:language = fr\n"
    "Saint\tB-loc\tB-loc.town\tQ1\t_\n# segment_iiif_link = https://x/1,2\nGall\tI-loc\tI-loc.town\tQ1\t_\n.\tO\tO\t_\t_\n"
)


def test_a_line_that_names_the_columns_is_no_token() -> None:
    report = ReadReport()
    (document,) = read(HIPE, report)
    assert (words(document), gold(document)) == ([["Saint", "Gall", "."]], [("Saint Gall", "loc")])
    assert report.notices["columns"] == [
        "in.conll:1: the line names the columns and is no token: TOKEN\tNE-COARSE-LIT\tNE-FINE-LIT\tNEL-LIT\tMISC",
        "in.conll: the tags are those of column 2; 3 may be tags too, and --tag-column takes another column",
    ]
    assert words(one("id word NER\n1 Lima B-LOC\n2 es O\n\n1 x O\n")) == [["Lima", "es"], ["x"]]


@pytest.mark.parametrize("first", ["word\tO", "Token\tB-X", "tag\tO", "label\tlabel"])
def test_a_first_token_called_like_a_column_stays_a_token(first: str) -> None:
    assert words(one(f"{first}\nLima\tB-LOC\nes\tO\n"))[0][0] == first.partition("\t")[0]


def test_a_bare_mark_at_the_end_begins_no_document() -> None:
    assert [words(document) for document in read("a O\n\n-DOCSTART-\n\nb O\n\n-DOCSTART-")] == [[["a"]], [["b"]]]
    assert [document.text for document in read("-DOCSTART- O\n\na O\n\n-DOCSTART- O\n")] == ["a", ""]
    assert [document.text for document in read("-DOCSTART-\n")] == [""]


ONTONOTES = """#begin document (bc/cctv_0000); part 000
bc/cctv_0000  0  0   In    IN   (TOP(S*  -       -  -  Anna  *          *   -
bc/cctv_0000  0  1   the   DT   (NP*     -       -  -  Anna  (DATE*     *   (3
bc/cctv_0000  0  2   year  NN   *)       year    -  1  Anna  *)         *   3)
bc/cctv_0000  0  3   Lima  NNP  *        -       -  -  Anna  (GPE)      *   -

bc/cctv_0000  0  0   Ana   NNP  *        -       -  -  -     (PERSON)   -

#end document
#begin document (bc/cctv_0000); part 001
bc/cctv_0000  1  0   Ruiz\u00a0x NNP  *   -       -  -  -     (ORG(PERSON)  -
bc/cctv_0000  1  1   SA    NNP  *        -       -  -  -     *)         -
#end document
"""


def test_ontonotes_has_its_names_in_brackets() -> None:
    report = ReadReport()
    first, second = read(ONTONOTES, report)
    assert (first.id, second.id) == ("bc/cctv_0000", "bc/cctv_0000-1")
    assert words(first) == [["In", "the", "year", "Lima"], ["Ana"]]
    assert gold(first) == [("the year", "DATE"), ("Lima", "GPE"), ("Ana", "PERSON")]
    assert gold(second) == [("Ruiz\u00a0x SA", "ORG"), ("Ruiz\u00a0x", "PERSON")]
    assert first.tokens is not None
    assert first.tokens.columns["lemma"] == ["_", "_", "year", "_", "_"]
    assert first.tokens.columns["coref"] == ["-", "(3", "3)", "-", "-"]
    assert report.counts == {"skipped": 1}
    assert [gold(document) for document in read(ONTONOTES, tag_column=0)] == [[], []]
    assert words(read(ONTONOTES, token_column=5)[0])[1] == ["NNP"]


def test_brackets_that_do_not_close_are_mended_and_told() -> None:
    report = ReadReport()
    data = (
        ONTONOTES.replace("*)         *   3)", "*          *   3)").replace("(GPE)", "*)))  ").replace("(PERSON)   -", "(X*    -")
    )
    assert gold(read(data, report)[0]) == [("the year Lima", "DATE"), ("Ana", "X")]
    assert report.notices["brackets"] == [
        "in.conll:5: *))) closes no name; passed over", "in.conll:5: *))) closes no name; passed over",
        "in.conll:7: (X* is not closed; it ends with the sentence",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (ONTONOTES.replace("(GPE)", "B-GPE"), r"in.conll:5: 'B-GPE' is no bracket"),
        (ONTONOTES.replace("(PERSON)   -", ""), r"in.conll:7: the line has 10 columns where CoNLL-2012 has at least 12"),
        ("#begin document (x);\nx\t0\tLima\t(1)\n", "begins like CoNLL-2012 and has other columns; say with --token-column"),
        ("#begin document (x)\nx 0 0 [WORD] N * - - - - * -\n", r"the words of this file are taken out: .*skeleton2conll"),
    ],
)
def test_what_is_like_ontonotes_and_cannot_be_read_is_refused(data: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(data)


def test_marks_of_documents_around_usual_columns_are_comments() -> None:
    assert gold(one("#begin document (x)\nLima B-LOC\nes O\n\n#end document\n")) == [("Lima", "LOC")]


BRACKETED = st.lists(st.tuples(PLAIN.filter(lambda word: word[0] != "#"), st.integers(0, 3)), min_size=1, max_size=8)


@settings(max_examples=100, deadline=None)
@given(st.lists(BRACKETED, min_size=1, max_size=3))
def test_names_in_brackets_are_those_that_were_put_there(sentences: list[list[tuple[str, int]]]) -> None:
    """Of each word the number of words that its name has, 0: it begins none, or stands in one."""
    lines, expected = ["#begin document (d); part 000"], []
    for sentence in sentences:
        goes_on = 0
        for index, (word, length) in enumerate(sentence):
            begins = goes_on == 0 and length > 0
            if begins:
                goes_on = min(length, len(sentence) - index)
                expected.append((" ".join(word for word, _ in sentence[index : index + goes_on]), "X"))
            cell = ("(X" if begins else "") + ("*" if not begins or goes_on > 1 else "") + (")" if goes_on == 1 else "")
            goes_on = max(0, goes_on - 1)
            lines.append(f"d 0 {index} {word} N * - - - - {cell} -")
        lines.append("")
    report = ReadReport()
    (document,) = read("\n".join(lines), report)
    assert words(document) == [[word for word, _ in sentence] for sentence in sentences]
    assert gold(document) == expected
    assert not report.counts


def test_one_column_is_tokens_only() -> None:
    document = one("El\n--\n#\n\nPerú\n")
    assert words(document) == [["El", "--", "#"], ["Perú"]]
    assert document.tokens is not None
    assert dict(document.tokens.columns) == {}


def test_numbered_tokens_and_chosen_columns() -> None:
    data = "1\tEU\tB-ORG\tO\n2\tLima\tO\tB-LOC\n\n1\tx\tO\tO\n"
    assert (words(one(data)), gold(one(data))) == ([["EU", "Lima"], ["x"]], [("EU", "ORG")])
    assert gold(one(data, tag_column=4)) == [("Lima", "LOC")]
    assert gold(one(data, tag_column=0)) == []
    assert words(one(data, token_column=1)) == [["1", "2"], ["1"]]
    assert words(one("a b\tO\n", separator="space")) == [["a"]]
    assert words(one("a b\n", separator="tab")) == [["a b"]]


def test_columns_that_are_no_tags_are_only_kept() -> None:
    document = one("<s> O None\nTricuspid I Disease\nvalve O Disease\n")
    assert document.tokens is not None
    assert gold(document) == []
    assert document.tokens.columns == {"2": ["O", "I", "O"], "3": ["None", "Disease", "Disease"]}


@pytest.mark.parametrize(
    ("data", "options", "error", "message"),
    [
        ("a\tO\nb\tO\nc\n", {}, InputError, r"^in.conll:3: the line has 1 of 2 columns"),
        ("a O\nb c O\nd O\n", {}, InputError, r"^in.conll:2: the line has 3 of 2 columns"),
        ("a\tO\n\tO\n", {}, InputError, r"^in.conll:2: the token is empty"),
        ("a\tO\n", {"tag_column": 3}, InputError, r"there is no column 3 for the tag: the file has 2"),
        ("a\tO\n", {"token_column": 0}, InputError, r"there is no column 0 for the token"),
        ("a\tO\n", {"separator": ";"}, OptionError, r"separator=; is not possible; say tab or space"),
    ],
)
def test_what_cannot_be_read_is_named(data: str, options: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        read(data, **options)


def test_repairs_are_reported_with_their_lines() -> None:
    report = ReadReport()
    document = read("Lima\tB-LOC\n\nx\tO\nLa\tI-LOC\nPaz\tI-LOC\nz\tB-PER\nw\tI-ORG\n", report)[0]
    assert gold(document) == [("Lima", "LOC"), ("La Paz", "LOC"), ("z", "PER"), ("w", "ORG")]
    assert report.counts == {"orphan": 2}
    assert report.notices["orphan"][1] == "in.conll:7: I-ORG continues no chunk; taken as the beginning of one"


def test_iob1_is_no_repair() -> None:
    report = ReadReport()
    document = read("a\tI-LOC\nb\tI-LOC\nc\tB-LOC\nd\tO\n", report)[0]
    assert (gold(document), report.counts) == ([("a b", "LOC"), ("c", "LOC")], {})


def test_a_long_file_is_given_out_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conll, "PART", 3)
    data = "a\tO\nb\tO\n\nc\tO\nd\tB-X\n\ne\tO\n"
    documents = read("-DOCSTART-\tO\n\n" + data + "\n-DOCSTART-\tO\n\nf\tO\n")
    assert [document.id for document in documents] == ["in-1.part1", "in-1.part2", "in-2"]
    assert [words(document) for document in documents] == [[["a", "b"], ["c", "d"]], [["e"]], [["f"]]]
    assert ["docstart" in document.meta for document in documents] == [True, False, True]
    assert written(read(data), kinds=("gold",))[0] == data


def test_documents_follow_each_other_as_sentences_do_and_the_loss_says_so() -> None:
    documents = [made([["a"], ["b"]]), made([["c"]]), made([])]
    assert written(documents) == ("a\tO\n\nb\tO\n\nc\tO\n", {"documents": 2})
    assert written(documents, docstart=True) == (
        "-DOCSTART-\tO\n\na\tO\n\nb\tO\n\n-DOCSTART-\tO\n\nc\tO\n\n-DOCSTART-\tO\n",
        {},
    )
    marked, _ = written(documents, docstart=True)
    assert written(read(marked)) == (marked, {})


def test_what_cannot_stand_in_a_line_is_replaced_and_counted() -> None:
    text = "a\tb New York -DOCSTART-"
    tokens = Tokens(np.array([0, 4, 13], np.int32), np.array([3, 12, 23], np.int32), np.array([0], np.int32))
    document = Document("d", text, tokens=tokens)
    assert written([document]) == ("a b\tO\nNew York\tO\n_DOCSTART_\tO\n", {"tokens": 2})
    assert written([document], "conll2003") == ("a_b -X- _ O\nNew_York -X- _ O\n_DOCSTART_ -X- _ O\n", {"tokens": 3})


def test_a_label_with_a_space_is_changed_only_where_it_must_be() -> None:
    document = made([["a"]], [Span(0, 1, "film title")])
    assert written([document]) == ("a\tB-film title\n", {})
    assert written([document], "conll2003") == ("a -X- _ B-film_title\n", {"labels": 1})


def test_spans_that_a_flat_format_cannot_hold_are_counted_with_examples() -> None:
    sentences = [["New", "York", "City", "x"], ["y"]]
    spans = [
        Span(0, 8, "LOC"),  # inside the next
        Span(0, 13, "LOC", ids=("Q60",), score=0.5),
        Span(9, 15, "ORG"),  # runs out of it
        Span(1, 3, "PER"),  # not on token borders
        Span(14, 17, "PER"),  # over the end of the sentence
        Span(16, 17, "PER", kind="lost"),
    ]
    stream = io.BytesIO()
    with writer_for("conll", stream) as writer:
        writer.write(made(sentences, spans))
    assert stream.getvalue() == b"New\tB-LOC\nYork\tI-LOC\nCity\tI-LOC\nx\tO\n\ny\tO\n"
    assert writer.loss.counts == {"nested": 1, "overlapping": 1, "borders": 2, "lost": 1, "ids": 1, "scores": 1}
    assert writer.loss.examples["nested"] == ["d:0-8 LOC 'New York'"]


def test_the_white_space_of_a_raw_text_is_a_loss() -> None:
    tokens = Tokens(np.array([0, 4], np.int32), np.array([4, 5], np.int32), np.array([0], np.int32))
    assert written([Document("d", "Lima.", tokens=tokens)]) == ("Lima\tO\n.\tO\n", {"text": 1})


def test_io_says_what_it_merged() -> None:
    document = made([["a", "b"]], [Span(0, 1, "X"), Span(2, 3, "X")])
    assert written([document], scheme="io") == ("a\tI-X\nb\tI-X\n", {"merged": 1})


def test_a_document_without_tokens_is_an_error() -> None:
    with pytest.raises(OutputError, match="document 'd' has no tokens"):
        written([Document("d", "Lima")])


def test_half_surrogates_cannot_be_written() -> None:
    with pytest.raises(OutputError, match="half of a surrogate pair"):
        written([made([["\ud800"]])])


@settings(max_examples=60, deadline=None)
@given(SENTENCES, st.data())
def test_lines_from_the_vocabulary_equal_those_from_the_text(sentences: Sentences, data: st.DataObject) -> None:
    """The quick path (interned tokens, a table of spans, a vocabulary that grows) against the slow one."""
    vocabulary = Vocabulary()
    fast, slow = io.BytesIO(), io.BytesIO()
    with writer_for("conll", fast) as quick, writer_for("conll", slow) as plain:
        for _ in range(2):
            plainly = made(sentences)
            assert plainly.tokens is not None
            count = len(plainly.tokens)
            firsts = set(plainly.tokens.sentences.tolist())
            starts = sorted(data.draw(st.sets(st.integers(0, count - 1), max_size=4)))
            ends = [start + 1 + (start + 1 < count and start + 1 not in {*firsts, *starts}) for start in starts]
            table = span_table(plainly.tokens, starts, ends)
            interned = vocabulary.intern([word for sentence in sentences for word in sentence])
            tokens = Tokens(plainly.tokens.starts, plainly.tokens.ends, plainly.tokens.sentences, interned, vocabulary)
            quick.write(Document("d", plainly.text, tokens=tokens, spans=table))
            plain.write(Document("d", plainly.text, tokens=plainly.tokens, spans=list(table)))
            sentences = [[word + "+" for word in sentence] for sentence in sentences]
    assert fast.getvalue() == slow.getvalue()
    assert quick.loss.counts == plain.loss.counts


def span_table(tokens: Tokens, starts: list[int], ends: list[int]) -> SpanTable:
    first, last = np.array(starts, np.int32), np.array(ends, np.int32)
    zeros = np.zeros(len(starts), np.int32)
    kinds = zeros.copy()
    kinds[1::2] = 1
    return SpanTable(
        tokens.starts[first], tokens.ends[last - 1], first, last, zeros, kinds, zeros, np.arange(len(starts), dtype=np.int32),
        np.ones(len(starts), np.float32), ("LOC",), lambda source, name: ("list", str(name), ("Q1",) * name),
    )  # fmt: skip


def test_a_file_is_read_and_written_through_the_table_of_formats(tmp_path: Path) -> None:
    from farspan.formats import read_documents

    (tmp_path / "a.bio").write_text("Lima\tB-LOC\n", encoding="utf-8")
    assert (
        written(list(read_documents([tmp_path / "a.bio"])), "conll2003", kinds=("gold",), scheme="bilou")[0]
        == "Lima -X- _ U-LOC\n"
    )


def test_conll_2002_is_two_columns_with_a_space() -> None:
    tokens = Tokens(np.array([0, 4], np.int32), np.array([3, 8], np.int32), np.array([0, 1], np.int32))
    stream = io.BytesIO()
    with writer_for("conll2002", stream, docstart=True) as writer:
        writer.write(Document("d", "Ana\nLima", {}, tokens, [Span(4, 8, "LOC")]))
    assert stream.getvalue() == b"-DOCSTART- O\n\nAna O\n\nLima B-LOC\n"


def test_lines_whose_separators_differ_are_mended_and_told() -> None:
    report = ReadReport()
    data = "Ana\tB-PER\nvio O\nLima\tB-LOC\t\t\nes\tO \n" + "y\tO\n" * 60
    (document,) = read_conll(TextFile("in.conll", io.BytesIO(data.encode())), "in", report)
    assert (words(document)[0][:4], gold(document)) == (["Ana", "vio", "Lima", "es"], [("Ana", "PER"), ("Lima", "LOC")])
    assert report.counts == {"columns": 2}
    assert report.notices["columns"][0].startswith("in.conll:2: other separators than elsewhere")
