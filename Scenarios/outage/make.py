#!/usr/bin/env python3
"""Writes the CSV files of this scenario: fleets.csv, weather.csv, demand.csv, requests.csv.

Formulas only, no randomness, the standard library only. Figures are rounded from public statistics of five European
systems in late 2024, scaled to a share of each (15 % of France, Germany and the Nordic area, 25 % of Great Britain,
17 % of Iberia); two early days of November, when wind over Germany did fall to next to nothing, gave the idea.
"""

import csv
import math

HOURS = 48

# Demand by local hour on a cold working day, mean about 1.
WORKING_DAY = [.80, .77, .75, .75, .77, .85, .97, 1.08, 1.11, 1.10, 1.09, 1.09, 1.07, 1.06, 1.05, 1.06, 1.10, 1.19,
               1.22, 1.18, 1.10, 1.02, .94, .86]

# Requests by local hour, share of the peak.
ACTIVITY = [.30, .20, .12, .08, .08, .14, .28, .48, .72, .88, .96, .98, .92, .96, 1.0, .98, .92, .88, .84, .84, .80,
            .72, .58, .42]

# area: hours from UTC, mean demand MW, wind output p.u. before the lull, least and first and last tick of a lull,
# solar output at noon p.u.
AREAS = {
    "france": (1, 8600, .30, None, .25),
    "germany": (1, 8700, .34, (.03, 20, 40), .16),
    "great_britain": (0, 8500, .30, None, .14),
    "nordic": (1, 7200, .36, None, .05),
    "iberia": (1, 5600, .30, None, .45),
}

# Generators by area: technology, MW available, number of equal blocks, cost of the first and last block $/MWh,
# emissions of the first and last block kg/MWh.
FLEETS = {
    "france": [("nuclear", 6800, 4, 12, 28, 0, 0), ("hydro", 1500, 3, 35, 70, 0, 0), ("wind", 3500, 1, 0, 0, 0, 0),
               ("solar", 3200, 1, 0, 0, 0, 0), ("imports", 1200, 3, 75, 105, 150, 250),
               ("gas-cc", 1300, 4, 85, 100, 350, 400), ("gas-peaker", 700, 2, 140, 180, 540, 660)],
    "germany": [("wind", 10500, 1, 0, 0, 0, 0), ("solar", 13500, 1, 0, 0, 0, 0), ("biomass", 1100, 1, 20, 20, 0, 0),
                ("hydro", 400, 1, 10, 10, 0, 0), ("imports", 1800, 4, 65, 115, 100, 250),
                ("lignite", 2000, 4, 80, 92, 1020, 1120), ("gas-cc", 3600, 8, 88, 116, 340, 400),
                ("coal", 2100, 4, 96, 116, 800, 880), ("gas-peaker", 1200, 4, 135, 190, 540, 660)],
    "great_britain": [("nuclear", 1200, 1, 10, 10, 0, 0), ("wind", 7200, 1, 0, 0, 0, 0),
                      ("solar", 4000, 1, 0, 0, 0, 0), ("biomass", 700, 1, 75, 75, 0, 0),
                      ("imports", 1300, 4, 70, 100, 100, 250), ("gas-cc", 6200, 12, 78, 112, 350, 410),
                      ("gas-peaker", 800, 4, 140, 190, 540, 660)],
    "nordic": [("nuclear", 1400, 1, 10, 10, 0, 0), ("wind", 5000, 1, 0, 0, 0, 0), ("solar", 500, 1, 0, 0, 0, 0),
               ("hydro", 8000, 16, 15, 75, 0, 0), ("gas-chp", 500, 2, 95, 120, 380, 450)],
    "iberia": [("nuclear", 1000, 1, 12, 12, 0, 0), ("wind", 5000, 1, 0, 0, 0, 0), ("solar", 4500, 1, 0, 0, 0, 0),
               ("hydro", 1600, 4, 25, 70, 0, 0), ("gas-cc", 4200, 8, 68, 92, 350, 400)],
}

# service: hours from UTC, peak IT load MW.
SERVICES = {"paris": (1, 140), "frankfurt": (1, 170), "london": (0, 160), "stockholm": (1, 50), "madrid": (1, 80)}

# class: share of the peak IT load, energy Wh/request (as in scenario.yaml), least load at night as a share of the peak.
CLASSES = {"interactive": (.35, .4, .25), "standard": (.45, 1.2, .35), "batch": (.20, 12, .95)}


def stamp(hour):
    """The UTC stamp of an hour of the two days."""
    return f"2024-11-{5 + hour // 24:02d}T{hour % 24:02d}:00Z"


def wind(area, hour):
    """Wind output, p.u.: a slow swell, and a lull that comes and goes over three hours."""
    _, _, usual, lull, _ = AREAS[area]
    share = usual * (1 + 0.25 * math.sin(2 * math.pi * hour / 31 + len(area)))
    if lull:
        least, first, last = lull
        depth = min(1.0, max(0.0, (hour - first + 3) / 3), max(0.0, (last + 3 - hour) / 3))
        share = share * (1 - depth) + least * depth
    return round(share, 3)


def sun(area, hour):
    """Solar output, p.u.: nine hours of a November day."""
    offset, _, _, _, noon = AREAS[area]
    past_noon = (hour + offset) % 24 - 12.5
    return round(noon * math.cos(math.pi * past_noon / 9), 3) if abs(past_noon) < 4.5 else 0


def write(name, header, rows):
    """Writes a CSV file."""
    with open(name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def fleet_rows():
    """The generators of all areas, block by block."""
    for area, technologies in FLEETS.items():
        for technology, size, blocks, first, last, low, high in technologies:
            for block in range(blocks):
                part = block / (blocks - 1) if blocks > 1 else 0
                yield [
                    area.replace("_", "-"), technology if blocks == 1 else f"{technology}-{block + 1}", technology,
                    round(size / blocks), round(first + (last - first) * part, 1), round(low + (high - low) * part)]


def requests(service, kind, hour):
    """Requests of a class at a service in an hour."""
    offset, peak = SERVICES[service]
    share, energy, night = CLASSES[kind]
    active = night + (1 - night) * ACTIVITY[(hour + offset) % 24]
    return int(round(peak * share * active * 1e6 / energy, -3))


def main():
    """Writes all files."""
    hours = range(HOURS)
    write("fleets.csv", ["area", "name", "technology", "capacity_mw", "cost_usd_per_mwh", "emissions_kg_per_mwh"],
          fleet_rows())
    write("weather.csv", ["utc"] + [f"{area}_{kind}_per_unit" for area in AREAS for kind in ("wind", "solar")],
          ([stamp(h)] + [f(area, h) for area in AREAS for f in (wind, sun)] for h in hours))
    write("demand.csv", ["utc"] + [f"{area}_mw" for area in AREAS],
          ([stamp(h)] + [round(mean * WORKING_DAY[(h + offset) % 24]) for offset, mean, *_ in AREAS.values()]
           for h in hours))
    write("requests.csv", ["utc"] + [f"{service}_{kind}_requests" for service in SERVICES for kind in CLASSES],
          ([stamp(h)] + [requests(service, kind, h) for service in SERVICES for kind in CLASSES] for h in hours))


if __name__ == "__main__":
    main()
