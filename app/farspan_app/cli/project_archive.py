"""`farspan project pack` and `unpack`: a whole project as one ZIP file."""

from typing import Annotated

import typer

from farspan.errors import OptionError
from farspan.wording import counted
from farspan_app.cli.console import Console, Json, Quiet, Verbose
from farspan_app.cli.flags import File

Archive = Annotated[str, typer.Argument(metavar="FILE.zip", help="The archive.")]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE.zip", help="Archive to write.")]
Folder = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FOLDER", help="Folder to unpack into; by default where the archive is.")
]


def pack(file: File, output: Output, json: Json = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Put a project into one ZIP file, with its recipe, lists and texts as plain files and their SHA-256."""
    from farspan.files import is_same_file
    from farspan.project_archive import pack_project
    from farspan.store.project import Project

    console = Console(json, quiet, verbose)
    if output == "-" or is_same_file(output, file):
        raise OptionError("the archive has to be a file of its own", remedy="name it: -o corpus.zip")
    with Project.open(file, read_only=True) as project, console.job() as job:
        packed = pack_project(project, output, job)
    console.say(f"{counted(len(packed.hashes), 'file')} written to {output}")
    if json:
        console.result({"project": file, "files": dict(packed.hashes), "bytes": packed.size, "outputs": [output]})


def unpack(archive: Archive, output: Folder = None, json: Json = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Unpack the archive of a project into a new folder; nothing that is there is touched."""
    from farspan.project_archive import unpack_project

    console = Console(json, quiet, verbose)
    with console.job() as job:
        made = unpack_project(archive, output, job)
    console.say(f"unpacked: {made}")
    if json:
        console.result({"archive": archive, "project": str(made), "outputs": [str(made)]})
