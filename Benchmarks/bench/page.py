"""docs/performance.md: its tables are those of docs/performance.json, between markers."""

from __future__ import annotations

import json
import re
from typing import Any

from . import programs
from .tables import tables

PAGE = programs.ROOT / "docs/performance.md"
DATA = programs.ROOT / "docs/performance.json"
FIGURE = programs.ROOT / "docs/performance.svg"


def filled(page: str, document: dict[str, Any]) -> str:
    """The page with the tables and facts of a document between its markers `<!-- bench NAME -->` and `<!-- end -->`."""
    contents = {table.name: f"{table.title}:\n\n{table.markdown()}" for table in tables(document)}
    contents["machine"] = machine(document)

    def fill(found: re.Match[str]) -> str:
        text = contents.get(found[1], "Not measured.")
        return f"<!-- bench {found[1]} -->\n{text}\n<!-- end -->"

    return re.sub(r"<!-- bench ([a-z]+) -->\n.*?<!-- end -->", fill, page, flags=re.DOTALL)


def machine(document: dict[str, Any]) -> str:
    """When and on what it was measured, and what was skipped."""
    facts, versions = document["machine"], document["versions"]
    lines = [
        f"Measured {document['started'][:10]} on {facts['processor']}, {facts['cores']} cores, {facts['memoryGB']:.0f} GB, "
        f"{facts['system']}, Linux {facts['kernel']}; Swift {versions['swift']}, libzmq {versions['libzmq']}, "
        f"HELICS {versions['helics'] or '–'}, mosaik {versions['mosaik'] or '–'}; commit {versions['gridtide']}."
    ]
    lines += [f"Skipped: {one['what']}, because {one['because']}." for one in document["skipped"]]
    return "\n".join(lines)


def load() -> dict[str, Any]:
    """The committed document."""
    return dict(json.loads(DATA.read_text(encoding="utf-8")))


def write() -> None:
    """Brings the page up to its data."""
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), load()), encoding="utf-8")


def is_current() -> bool:
    """Whether the page says what its data say."""
    text = PAGE.read_text(encoding="utf-8")
    return filled(text, load()) == text
