"""Numbers in sentences."""


def counted(number: int, thing: str, things: str = "") -> str:
    """``1 document``, ``2,000 documents``; `things` where an s at the end does not do."""
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}"
