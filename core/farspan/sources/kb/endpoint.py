"""Asking a SPARQL endpoint: the one place that uses the network, and only when a person names the address."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from typing import Final

from farspan.errors import InputError, OptionError, Place

LARGEST: Final = 256 << 20  # bytes of an answer


def ask(url: str, query: str, timeout: float) -> str:
    """The answer of the endpoint `url` to `query` as text in SPARQL's JSON. Raises InputError where there is none in time."""
    if urllib.parse.urlsplit(url).scheme not in {"http", "https"}:
        raise OptionError(f"{url!r} is no address of an endpoint", remedy="write --endpoint https://...")
    request = urllib.request.Request(  # noqa: S310  (the scheme was checked)
        url,
        data=urllib.parse.urlencode({"query": query}).encode(),
        headers={"Accept": "application/sparql-results+json", "User-Agent": "farspan"},
    )
    where = Place(url)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310
            data = answer.read(LARGEST + 1)
    except urllib.error.HTTPError as error:
        said = error.read(500).decode("utf-8", "replace").split("\n")[0][:200]
        raise InputError(
            f"the endpoint refused the query: {error.code} {error.reason}", where=where, remedy=f"it says: {said}" if said else ""
        ) from error
    except TimeoutError as error:
        raise InputError(f"no answer within {timeout:g} seconds", where=where, remedy=_SLOW) from error
    except (urllib.error.URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            raise InputError(f"no answer within {timeout:g} seconds", where=where, remedy=_SLOW) from error
        raise InputError(f"the endpoint cannot be reached: {reason}", where=where, remedy="check the address") from error
    if len(data) > LARGEST:
        raise InputError(f"the answer has more than {LARGEST >> 20} MiB", where=where, remedy="ask for less, with LIMIT")
    return str(data.decode("utf-8", "replace"))


_SLOW: Final = "ask for less, wait longer with --timeout, or use a dump"
