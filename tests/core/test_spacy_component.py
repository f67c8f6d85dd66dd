"""Farspan as a component of a spaCy pipeline."""

import pytest
import spacy
from spacy.tokens import Span

import farspan

LISTS = {"PER": [{"name": "Ada Lovelace", "id": "Q7259"}, "Ada"], "LOC": {"names": ["new york"], "case": "ignore"}}


def pipeline(**config):
    nlp = spacy.blank("en")
    nlp.add_pipe("farspan", config={"lists": LISTS, **config})
    return nlp


def ents(doc):
    return [(ent.text, ent.label_, ent.kb_id_, ent.ent_id_) for ent in doc.ents]


def test_entities_and_spans_with_their_ids():
    doc = pipeline()("Ada Lovelace is in New York.")
    assert ents(doc) == [("Ada Lovelace", "PER", "Q7259", "Q7259"), ("New York", "LOC", "", "")]
    assert [(span.text, span.label_) for span in doc.spans["farspan"]] == [("Ada Lovelace", "PER"), ("New York", "LOC")]


def test_white_space_tokens_do_not_hide_a_name():
    doc = pipeline()(" Ada  Lovelace was in New\nYork")
    assert [(ent.text, ent.start, ent.end) for ent in doc.ents] == [("Ada  Lovelace", 1, 4), ("New\nYork", 6, 9)]


def test_nested_spans_are_not_entities():
    doc = pipeline(nested=True)("Ada Lovelace")
    assert [ent.text for ent in doc.ents] == ["Ada Lovelace"]
    assert [span.text for span in doc.spans["farspan"]] == ["Ada Lovelace", "Ada"]


@pytest.mark.parametrize(
    ("overlap", "expected"), [("keep", ["Lovelace is", "New York"]), ("replace", ["Ada Lovelace", "New York"])]
)
def test_entities_that_are_there_already(overlap, expected):
    nlp = pipeline(overlap=overlap)
    doc = nlp.make_doc("Ada Lovelace is in New York")
    doc.ents = [Span(doc, 1, 3, label="OTHER")]
    assert [ent.text for ent in nlp.get_pipe("farspan")(doc).ents] == expected


def test_without_entities_or_spans():
    doc = pipeline(set_ents=False, spans_key="names")("Ada")
    assert (doc.ents, [span.text for span in doc.spans["names"]]) == ((), ["Ada"])
    assert dict(pipeline(spans_key=None)("Ada").spans) == {}


def test_the_doc_keeps_its_own_tokens_and_sentences():
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("farspan", config={"lists": {"PER": ["Ada Lovelace"]}})
    assert pipeline()("Ada Lovelace").ents
    cut = spacy.tokens.Doc(nlp.vocab, ["Ada", "Lovelace", "Ada", "Lovelace"], sent_starts=[True, True, True, False])
    assert [(ent.start, ent.end) for ent in nlp.get_pipe("farspan")(cut).ents] == [(2, 4)]
    whole = spacy.tokens.Doc(nlp.vocab, ["Ada-Lovelace"])
    assert nlp.get_pipe("farspan")(whole).ents == ()


def test_pipe_gives_what_call_gives():
    nlp = pipeline()
    texts = ["Ada Lovelace", "", "  ", "nobody", "NEW YORK and Ada"] * 3
    assert [ents(doc) for doc in nlp.pipe(texts, batch_size=4)] == [ents(nlp(text)) for text in texts]


def test_saved_and_loaded(tmp_path):
    nlp = pipeline(nested=True, criteria=["priority", "length"], spans_key="names")
    nlp.to_disk(tmp_path / "model")
    loaded = spacy.load(tmp_path / "model")
    again = pipeline().from_bytes(nlp.to_bytes())
    for other in (loaded, again):
        doc = other("Ada Lovelace in new YORK")
        assert ents(doc) == ents(nlp("Ada Lovelace in new YORK"))
        assert len(doc.spans["names"]) == 3
    assert loaded.get_pipe("farspan").labels == ("LOC", "PER")


def test_a_spoilt_file_is_told(tmp_path):
    component = pipeline().get_pipe("farspan")
    component.to_disk(tmp_path)
    (tmp_path / "farspan.json").write_text("{}", "utf-8")
    with pytest.raises(farspan.InputError, match="save the pipeline again"):
        component.from_disk(tmp_path)


def test_a_wrong_setting_is_told():
    with pytest.raises(farspan.OptionError, match="overlap='both'"):
        pipeline(overlap="both")
