"""docs/performance.md: its tables are those of docs/performance.json, between markers."""

from __future__ import annotations

import hashlib
import json
import re

from . import programs
from .document import Document
from .tables import failures, tables

PAGE = programs.ROOT / "docs/performance.md"
DATA = programs.ROOT / "docs/performance.json"
FIGURE = programs.ROOT / "docs/performance.svg"


def filled(page: str, document: Document) -> str:
    """The page with the tables and facts of a document between its markers `<!-- bench NAME -->` and `<!-- end -->`."""
    contents = {table.name: f"{table.title}:\n\n{table.markdown()}" for table in tables(document)}
    contents["machine"] = machine(document)
    contents["failures"] = "\n".join(f"- {line}" for line in failures(document)) or "Everybody got through."

    def fill(found: re.Match[str]) -> str:
        text = contents.get(found[1], "Not measured.")
        return f"<!-- bench {found[1]} -->\n{text}\n<!-- end -->"

    return re.sub(r"<!-- bench ([a-z]+) -->\n.*?<!-- end -->", fill, page, flags=re.DOTALL)


def machine(document: Document) -> str:
    """When and on what it was measured, and what was skipped."""
    facts, versions = document["machine"], document["versions"]
    days = sorted({series["started"][:10] for series in document["measures"]})
    commits = sorted({series["commit"] for series in document["measures"] if series.get("commit")})
    lines = [
        f"Measured {' and '.join(days)} on {facts['processor']}, {facts['cores']} cores, {facts['memoryGB']:.0f} GB, "
        f"{facts['system']}, Linux {facts['kernel']}; Swift {versions['swift']}, libzmq {versions['libzmq']}, "
        f"HELICS {versions['helics'] or '–'}, mosaik {versions['mosaik'] or '–'}; commit {' and '.join(commits)}."
    ]
    measured = [series for series in document["measures"] if "disturbed" in series]
    disturbed = sum(series["disturbed"] for series in measured)
    if 2 * disturbed > sum(len(series["samples"]) for series in measured):
        lines.append("**The machine was busy with other work during most samples: these figures are provisional.**")
    lines += [f"Skipped: {one['what']}, because {one['because']}." for one in document["skipped"]]
    return "\n".join(lines)


def data_mark(data: bytes) -> str:
    """The comment by which a figure says which figures it draws."""
    return f"<!-- data {hashlib.sha256(data).hexdigest()} -->"


def write() -> None:
    """Brings the page up to its data."""
    document = json.loads(DATA.read_text(encoding="utf-8"))
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), document), encoding="utf-8")


def faults() -> list[str]:
    """What of page and figure is not of the data."""
    data = DATA.read_bytes()
    text = PAGE.read_text(encoding="utf-8")
    found = []
    if filled(text, json.loads(data)) != text:
        found.append(f"{PAGE.name}: tables are not those of {DATA.name}; ./gridtide bench --page write")
    if data_mark(data) not in FIGURE.read_text(encoding="utf-8"):
        found.append(f"{FIGURE.name}: not drawn from {DATA.name}; ./gridtide bench --page write")
    return found
