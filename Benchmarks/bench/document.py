"""The JSON document of a run of the benchmarks."""

from __future__ import annotations

import json
import statistics
import time
from typing import Any

from . import load, machine, programs
from .samples import Series, paired_ratios, quartiles

Document = dict[str, Any]

FORMAT = 1
SIZE = ("agents", "processes", "bytes")


def build(
    series: list[Series], wanted: list[str], skipped: list[dict[str, str]], is_short: bool, started: float,
    versions: dict[str, str | None],
) -> Document:
    """Machine, versions, what was skipped and why, every series with its samples, and ratios."""
    day = time.strftime("%Y-%m-%dT%H:%MZ", time.gmtime(started))
    measures = [one.document() | {"started": day, "commit": versions.get("gridtide")} for one in series]
    return {
        "format": FORMAT,
        "started": day,
        "seconds": round(time.time() - started),
        "short": is_short,
        "machine": machine.facts(),
        "versions": versions,
        "otherCoresThatDisturb": load.DISTURBED,
        "measured": wanted,
        "skipped": skipped,
        "measures": measures,
        "ratios": ratios(measures),
    }


def with_rest(new: Document, old: Document) -> Document:
    """A document with the measures of an older one that it lacks. Raises `Unavailable` where that is of another machine."""
    if new["machine"] != old["machine"]:
        raise programs.Unavailable("the published figures are of another machine or kernel: publish everything anew")
    names = {one["measure"] for one in new["measures"]}
    measures = [one for one in old["measures"] if one["measure"] not in names] + new["measures"]
    skipped = [one for one in old["skipped"] if one["measure"] not in new["measured"]]
    # Peers that are not here are in what is kept, in the version they had.
    versions = old["versions"] | {name: version for name, version in new["versions"].items() if version}
    return {
        **new, "versions": versions, "skipped": skipped + new["skipped"], "measures": measures,
        "ratios": ratios(measures),
    }


def ratios(measures: list[Document]) -> list[Document]:
    """Gridtide over each other contender of the same size, from the pairs of each repeat."""
    exchange = [one for one in measures if one["measure"] == "exchange"]
    found = []
    for ours in (one for one in exchange if one["contender"] == "gridtide"):
        for other in exchange:
            if not _is_comparable(ours, other):
                continue
            values = paired_ratios(ours["samples"], other["samples"])
            if values:
                first, third = quartiles(values)
                found.append(
                    {**{key: ours[key] for key in SIZE}, "transport": ours["transport"], "over": other["contender"],
                     "overTransport": other["transport"], "overProcesses": other["processes"],
                     "median": round(statistics.median(values), 4),
                     "quartiles": [round(first, 4), round(third, 4)], "pairs": len(values)})
    return found


def _is_comparable(ours: Document, other: Document) -> bool:
    """Same agents and bytes; C over the same transport; in one process only with one process.

    Our agents that share processes are compared with everybody's, those that have their own with such alone.
    """
    if ours["processes"] == ours["agents"] and other["processes"] != other["agents"]:
        return False
    if other["contender"] == "gridtide" or any(ours[key] != other[key] for key in ("agents", "bytes")):
        return False
    if other["contender"] == "c libzmq":
        return bool(other["transport"] == ours["transport"])
    return bool((ours["transport"] == "inproc") == (other["transport"] == "inproc"))


def text(document: Document) -> str:
    """As a file holds it: a line for each series and each ratio."""

    def lines(entries: list[Document]) -> str:
        return ",\n".join("  " + json.dumps(entry, ensure_ascii=False) for entry in entries)

    head = {key: value for key, value in document.items() if key not in ("measures", "ratios")}
    start = json.dumps(head, indent=1, ensure_ascii=False).rstrip("}").rstrip()
    return f'{start},\n "measures": [\n{lines(document["measures"])}\n ],\n "ratios": [\n{lines(document["ratios"])}\n ]\n}}\n'


def find(document: Document, measure: str, **facts: Any) -> list[Document]:
    """Series of a measure with some facts."""
    return [
        one for one in document["measures"]
        if one["measure"] == measure and all(one.get(key) == value for key, value in facts.items())
    ]


def find_ratio(document: Document, **facts: Any) -> Document | None:
    """The first ratio with some facts."""
    return next((one for one in document["ratios"] if all(one.get(key) == value for key, value in facts.items())), None)


def best_helics(document: Document, agents: int, message_bytes: int, processes: int | None = None) -> Document | None:
    """HELICS's fastest core between processes at a size, with a process for each agent unless it says otherwise."""
    facts = {"agents": agents, "processes": processes or agents, "bytes": message_bytes}
    cores = [
        one for one in find(document, "exchange", contender="helics", **facts)
        if one["transport"] != "inproc" and "median" in one
    ]
    return max(cores, key=lambda one: one["median"], default=None)
