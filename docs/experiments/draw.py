#!/usr/bin/env python3
"""Draws the figures of the experiments as SVG files beside their pages.

Needs vl-convert-python from PyPI, and the program: python3 draw.py .build/release/gridtide, from the repository. Each
figure ends in a comment with the SHA-256 of the tables on its page, so that a test can tell when it is out of date.
"""

import csv
import hashlib
import io
import pathlib
import subprocess
import sys

import vl_convert

FOLDER = pathlib.Path(__file__).parent
COLOURS = ["#1b6ca8", "#d1495b", "#3a7d44", "#e09f3e"]


def rows(program, *command):
    """The points of a sweep as its command prints them, with numbers where they are numbers."""
    text = subprocess.run([program, *command, "--csv", "-q", "--anew"], check=True, capture_output=True, text=True).stdout
    result = []
    for row in csv.DictReader(io.StringIO(text)):
        for name, value in row.items():
            try:
                row[name] = float(value)
            except ValueError:
                pass
        row["cost"] = row["placement_cost_usd"] / 1000
        row["emissions"] = row["signalled_emissions_kg"] / 1000
        row["moved"] = 100 * row["relocated_share"]
        if "home_generation_cost_usd" in row:
            row["saving"] = (row["home_generation_cost_usd"] - row["generation_cost_usd"]) / 1000
            row["avoided"] = (row["home_emissions_kg"] - row["emissions_kg"]) / 1000
        result.append(row)
    return result


def axis(field, title, log=False, zero=False):
    scale = {"type": "log"} if log else {"zero": zero}
    # Labels stay centred under their ticks: pushed inwards, the outermost run into their neighbours.
    return {"field": field, "type": "quantitative", "title": title, "scale": scale, "axis": {"labelFlush": False}}


def panel(values, x, y, series=None, title=None, mark="line", steps=False, order=None):
    """One diagram: lines or points of y over x, a colour for each value of a series."""
    encoding = {"x": x, "y": y}
    if series:
        encoding["color"] = {
            "field": series, "type": "nominal", "title": title or series, "scale": {"range": COLOURS}, "sort": None}
    if order:
        encoding["order"] = {"field": order}
    shape = {"type": mark, "point": True, "strokeWidth": 1.8}
    if steps:
        shape |= {"interpolate": "step-after", "point": False}
    if not series:
        shape["color"] = COLOURS[0]
    return {"data": {"values": values}, "mark": shape, "encoding": encoding, "width": 320, "height": 230}


def both(values, x, **options):
    """Cost and emissions side by side."""
    return {"hconcat": [
        panel(values, x, axis("cost", "cost C, 1000 $"), **options),
        panel(values, x, axis("emissions", "emissions G, t of CO2"), **options)]}


def bars(values, field, title):
    return {
        "data": {"values": values}, "mark": "bar", "width": 320, "height": 230,
        "encoding": {
            "x": {"field": "legal", "type": "nominal", "title": "residency rule", "sort": None, "axis": {"labelAngle": 0}},
            "xOffset": {"field": "mechanism", "sort": None},
            "y": {"field": field, "type": "quantitative", "title": title},
            "color": {"field": "mechanism", "type": "nominal", "scale": {"range": COLOURS}, "sort": None}}}


def figures(program):
    """Each figure by name."""
    def sweep(name):
        return rows(program, "sweep", f"Scenarios/{name}")

    relaxation = axis("relaxation", "relaxation of latency budgets, ms")
    frontier = rows(program, "frontier", "Scenarios/energy-latency-frontier")
    yield "energy-latency-frontier", both(frontier, relaxation, steps=True)
    yield "friction", both(
        [row for row in sweep("friction") if row["friction"] > 0], axis("friction", "friction, times", log=True),
        series="relaxation", title="relaxation, ms")
    yield "state-locality", both(
        sweep("state-locality"), axis("movable", "movable share"), series="relaxation", title="relaxation, ms")
    yield "capacity", both(
        sweep("capacity"), axis("capacity", "capacity away from home, times"), series="relaxation",
        title="relaxation, ms")
    masks = sweep("legal-masks")
    yield "legal-masks", {"hconcat": [
        bars(masks, "saving", "generation cost saved, 1000 $"), bars(masks, "avoided", "emissions avoided, t of CO2")]}
    carbon = sweep("carbon-price")
    same = ["carbon-priced 300", "carbon-priced 1000"]  # where 150 is, so that names would overlap
    yield "carbon-price", {"layer": [
        panel(carbon, axis("emissions", "emissions G, t of CO2"), axis("cost", "cost C, 1000 $"), mark="point"),
        {"data": {"values": [row for row in carbon if row["mechanism"] not in same]}, "mark": {"type": "text", "align": "left", "dx": 7, "fontSize": 9},
         "encoding": {"x": axis("emissions", ""), "y": axis("cost", ""), "text": {"field": "mechanism"}}}]}
    token = sweep("token-energy-delay-penalty")
    yield "token-energy-delay-penalty", {"hconcat": [
        panel(token, axis("energy", "energy of a request, times", log=True), axis(field, title), series="relaxation",
              title="relaxation, ms")
        for field, title in [("moved", "relocated, % of IT energy"), ("avoided", "emissions avoided, t of CO2")]]}
    grids = [row | {"coupling": "price-taker"} for row in
             rows(program, "sweep", "Scenarios/world-week-frontier/price-taker.yaml")] + sweep("world-week-frontier")
    yield "world-week-frontier", {"hconcat": [
        panel(grids, relaxation, axis(field, title), series="coupling")
        for field, title in [("saving", "cost saved, 1000 $"), ("avoided", "emissions avoided, t of CO2")]]}
    yield "lost-signals", lost_signals(program)


def lost_signals(program):
    """What relocation saves the grids by the delay of their signals, and by how many of them are lost."""
    points = rows(program, "sweep", "Scenarios/lost-signals")
    return {"hconcat": [
        panel([row | {name: row[name] if isinstance(row[name], float) else 0} for row in points
               if isinstance(row[name], float) or row == points[0]],
              axis(name, title), axis("saving", "cost saved, 1000 $"))
        for name, title in [("delay", "delay of signals, h"), ("lost", "share of signals lost")]]}


def tables(name):
    """The tables of a page, as the test reads them."""
    page = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    return "".join(block.split("\n```")[0] for block in page.split("```text\n")[1:])


def main():
    for name, figure in figures(str(pathlib.Path(sys.argv[1]).resolve())):
        # Room at the right for viewers whose font is wider than the one measured here.
        padding = {"left": 8, "top": 8, "right": 40, "bottom": 8}
        svg = vl_convert.vegalite_to_svg({"background": "white", "padding": padding, **figure})
        digest = hashlib.sha256(tables(name).encode()).hexdigest()
        (FOLDER / f"{name}.svg").write_text(f"{svg}\n<!-- tables {digest} -->\n", encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
