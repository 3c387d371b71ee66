#!/usr/bin/env python3
"""Writes signals.csv: prices and marginal emissions of each area, as a run with all work at home realised them.

They are the given series of Scenarios/world-week-frontier/price-taker.yaml. The run is of this scenario with the
objective home, and merit order in place of the scarcity adder as in that sweep:

    gridtide run Scenarios/world-week --in-process --no-baseline --set "mechanism={objective: home}" ...
    python3 signals.py runs/world-week-1/run.sqlite
"""

import csv
import pathlib
import sqlite3
import sys

QUERY = """
    SELECT region_outcome.tick, operator.name, realised_price_usd_per_mwh, realised_marginal_emissions_kg_per_mwh
    FROM region_outcome
    JOIN agent AS region ON region.agent = region_outcome.region
    JOIN agent AS operator ON operator.agent = region.grid_operator
    ORDER BY region_outcome.tick, operator.agent
"""


def main():
    run = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    rows = {}
    for tick, area, price, emissions in run.execute(QUERY):
        stem = area.replace("-", "_")
        row = rows.setdefault(tick, {"tick": tick})
        row[f"{stem}_price_usd_per_mwh"] = f"{price:.6g}"
        row[f"{stem}_emissions_kg_per_mwh"] = f"{emissions:.6g}"
    with open(pathlib.Path(__file__).parent / "signals.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows.values())


if __name__ == "__main__":
    main()
