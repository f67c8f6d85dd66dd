"""The Python that README.md shows does what it says."""

import re
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"


def test_the_examples_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("places.txt").write_text("London\n", "utf-8")
    in_python, in_spacy = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), flags=re.DOTALL)
    exec(in_python, {})
    assert capsys.readouterr().out == "Ada Lovelace PER\nCharles Babbage PER\nLondon LOC\n"
    exec(in_spacy, {})
    assert capsys.readouterr().out == "(Ada Lovelace, London) [Ada Lovelace, London]\n"


def test_the_links_lead_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", README.read_text("utf-8"))
    assert len(links) > 5
    assert [link for link in links if not (README.parent / link).exists()] == []
