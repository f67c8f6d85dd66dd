"""The recipe: a text file (TOML) that says what is annotated, with which lists and rules, and what is written."""

from farspan.recipe.locking import Change, Verdict, VersionChange, check_lock, make_lock, require_lock
from farspan.recipe.model import Recipe, Rule, Rules
from farspan.recipe.reading import Fault, load_recipe, parse_recipe, recipe_faults
from farspan.recipe.starter import Start, new_recipe
from farspan.recipe.writing import edit_recipe, lock_recipe, save_recipe

__all__ = [
    "Change",
    "Fault",
    "Recipe",
    "Rule",
    "Rules",
    "Start",
    "Verdict",
    "VersionChange",
    "check_lock",
    "edit_recipe",
    "load_recipe",
    "lock_recipe",
    "make_lock",
    "new_recipe",
    "parse_recipe",
    "recipe_faults",
    "require_lock",
    "save_recipe",
]
