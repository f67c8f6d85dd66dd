"""`farspan desktop`: Farspan among the programs of this computer, to be started by a double click."""

from typing import Annotated

import typer

from farspan_app.cli.console import Console, Json, Quiet, Verbose

Remove = Annotated[bool, typer.Option("--remove", help="Take away again what this command put there.")]
MenuOnly = Annotated[bool, typer.Option("--menu-only", help="Into the menu, but not onto the desktop.")]


def desktop(
    remove: Remove = False, menu_only: MenuOnly = False, json: Json = False, quiet: Quiet = False, verbose: Verbose = False
) -> None:
    """Put Farspan into this computer's menu and onto its desktop, and open projects by double click.

    For you alone, without an administrator's rights. Run it again after moving the folder into which Farspan is installed.
    """
    console = Console(json=json, quiet=quiet, verbose=verbose)
    from farspan_app.desktop.systems import this_system

    system = this_system()
    done = system.take_away() if remove else system.put(on_desktop=not menu_only)
    if json:
        console.result({"removed" if remove else "written": [str(path) for path in done.paths], "notes": list(done.notes)})
        return
    for path in done.paths:
        console.detail(f"{'removed' if remove else 'written'}: {path}")
    for note in done.notes:
        console.say(note)
    if remove:
        console.say("Farspan is no longer in the menu." if done.paths else "There was nothing to remove.")
    else:
        console.say("Farspan is in the menu now, and a double click on a project opens it.")
