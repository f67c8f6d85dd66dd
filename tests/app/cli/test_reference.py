"""The generated pages of the guide say what the program says."""

import importlib.util
from pathlib import Path

from farspan.options import OPTIONS

ROOT = Path(__file__).resolve().parents[3]


def reference():
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "tools" / "make_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_up_to_date():
    assert reference().stale_pages() == [], "run python tools/make_reference.py"


def test_the_reference_names_every_option_and_flag():
    pages = reference()
    options, commands = pages.options_page(), pages.commands_page()
    assert all(f"## {name}\n" in options for name in OPTIONS)
    assert all(flag in commands for flag in ["--set", "--conflicts", "--criteria", "--nested", "--name-tokenizer", "--workers"])


def test_every_command_can_be_told_to_say_less_and_more():
    """A message that asks for what ``-v`` shows must not come from a command without ``-v``; the window alone has neither."""
    blocks = reference().commands_page().split("\n### farspan ")[1:]
    blocks = [part for block in blocks for part in block.split("\n#### farspan ")]
    helps = {block.split("\n", 1)[0]: block for block in blocks if "COMMAND [ARGS]" not in block}
    assert len(helps) > 20
    assert [
        name for name, text in helps.items() if name != "gui" and not ("-v, --verbose" in text and "-q, --quiet" in text)
    ] == []
