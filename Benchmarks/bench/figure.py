"""The figure: ticks per second by number of agents, all contenders, as SVG drawn by Vega-Lite."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from . import programs
from .document import Document, find
from .page import data_mark

# Contenders in the order of the legend: label, colour, dash.
LINES = {
    "Gridtide, ipc, 2 processes": ("#0b3d91", [1, 0]),
    "Gridtide, ipc": ("#1f77b4", [1, 0]),
    "Gridtide, tcp": ("#1f77b4", [4, 3]),
    "C libzmq, ipc": ("#444444", [1, 0]),
    "C libzmq, tcp": ("#444444", [4, 3]),
    "HELICS, zmq": ("#d95f02", [1, 0]),
    "HELICS, ipc": ("#e6ab02", [1, 0]),
    "HELICS, tcp_ss": ("#d95f02", [4, 3]),
    "HELICS, zmq_ss": ("#e6ab02", [4, 3]),
    "HELICS, zmq, 2 processes": ("#a63603", [1, 2]),
    "mosaik": ("#7570b3", [1, 0]),
}


def points(document: Document) -> list[dict[str, Any]]:
    """Median and quartiles of each contender at 256 bytes; agents that are threads are left out."""
    found = []
    for series in find(document, "exchange", bytes=256):
        if series["transport"] == "inproc" or "median" not in series:
            continue
        label = _label(series)
        if label in LINES:
            low, high = series["quartiles"]
            found.append(
                {"contender": label, "agents": series["agents"], "rate": series["median"], "low": low, "high": high})
    return found


def _label(series: dict[str, Any]) -> str:
    names = {"gridtide": "Gridtide", "c libzmq": "C libzmq", "helics": "HELICS"}
    if series["contender"] == "mosaik":
        return "mosaik"
    name = f"{names[series['contender']]}, {series['transport']}"
    return name if series["processes"] == series["agents"] else f"{name}, {series['processes']} processes"


def specification(document: Document) -> dict[str, Any]:
    """The Vega-Lite specification, data included."""
    data = points(document)
    shown = [name for name in LINES if any(point["contender"] == name for point in data)]
    contender = {"field": "contender", "type": "nominal", "title": None, "sort": shown}
    colour = {**contender, "scale": {"domain": shown, "range": [LINES[name][0] for name in shown]},
              "legend": {"symbolType": "stroke", "symbolSize": 400, "symbolStrokeWidth": 2.5, "labelFontSize": 12}}
    dash = {**contender, "scale": {"domain": shown, "range": [LINES[name][1] for name in shown]}}
    agents = {"field": "agents", "type": "quantitative", "title": "agents",
              "scale": {"type": "log", "base": 2, "nice": False, "padding": 12},
              "axis": {"values": sorted({point["agents"] for point in data}), "format": ",d", "grid": False}}
    rate = {"field": "rate", "type": "quantitative", "title": "ticks per second, median and quartiles",
            "scale": {"type": "log", "nice": False, "padding": 8}, "axis": {"format": ",~r", "tickCount": 5}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": "white",
        "title": {"text": "Lock-step ticks between a hub and its agents, 256-byte messages", "anchor": "start", "fontSize": 15,
                  "subtitle": _subtitle(document), "subtitleColor": "#555555", "subtitleFontSize": 12},
        "width": 620, "height": 400,
        # Other fonts are wider than those that the width of the legend is reckoned by.
        "padding": {"left": 5, "top": 5, "right": 45, "bottom": 5},
        "data": {"values": data},
        "config": {"view": {"stroke": None}, "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 1.5},
             "encoding": {"x": agents, "y": {**rate, "field": "low"}, "y2": {"field": "high"}, "color": colour}},
            {"mark": {"type": "line", "strokeWidth": 2},
             "encoding": {"x": agents, "y": rate, "color": colour, "strokeDash": dash}},
            {"mark": {"type": "point", "filled": True, "size": 36},
             "encoding": {"x": agents, "y": rate, "color": colour}},
        ],
    }


def _subtitle(document: Document) -> list[str]:
    machine = document["machine"]
    return [
        "Gridtide and C libzmq: two messages each way in a tick; HELICS and mosaik: one. "
        "Each agent a process, unless the legend says otherwise.",
        f"{machine['processor']}, {machine['cores']} cores, {document['started'][:10]}",
    ]


def draw(data: Path, picture: Path) -> None:
    """Draws the document of a file. Raises `Unavailable` where Vega is missing."""
    converter = os.environ.get("GRIDTIDE_VL_CONVERT", str(programs.ROOT / ".gridtide/vega/python"))
    program = "import json, sys, vl_convert; print(vl_convert.vegalite_to_svg(json.load(sys.stdin)))"
    text = data.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(specification(json.loads(text))), capture_output=True,
        text=True, env={**os.environ, "PYTHONPATH": converter})
    if done.returncode != 0:
        raise programs.Unavailable(f"the figure cannot be drawn ({(done.stderr.strip() or 'no word').splitlines()[-1]})")
    picture.write_text(f"{done.stdout.rstrip()}\n{data_mark(text)}\n", encoding="utf-8")
