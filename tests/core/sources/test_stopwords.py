"""Stop words by language and from a file."""

import pytest

from farspan.errors import InputError, OptionError
from farspan.sources.stopwords import stop_words


def test_words_of_a_language():
    assert {"el", "la", "también"} <= stop_words("es")
    assert stop_words("es-MX") == stop_words("ES") == stop_words("es")
    assert "የ" not in stop_words("en")


def test_words_of_a_file(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_bytes("uno\r\n\r\n dos  tres \nma\u0301s\n".encode())
    assert stop_words(str(path)) == {"uno", "dos tres", "más"}


def test_a_language_without_words_says_which_there_are():
    with pytest.raises(OptionError, match=r"choose one of af, ar, .*, or give a file"):
        stop_words("xx")


def test_a_file_that_is_missing_or_empty(tmp_path):
    with pytest.raises(InputError):
        stop_words(str(tmp_path / "none.txt"))
    (tmp_path / "empty.txt").write_text("\n \n")
    with pytest.raises(InputError, match="no stop word"):
        stop_words(str(tmp_path / "empty.txt"))
