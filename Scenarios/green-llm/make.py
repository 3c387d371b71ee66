#!/usr/bin/env python3
"""Writes the CSV files of this scenario: hours.csv, bandwidth.csv, propagation.csv.

Formulas only, no randomness, the standard library only: three areas with a day of queries each, three data centres with
prices, emissions, sun and wind and water by the hour. All figures are made up, near the ranges of the paper.
"""

import math

HOURS = 24


def day(hour, peak, least):
    return least + (1 - least) * 0.5 * (1 + math.cos(2 * math.pi * (hour - peak) / 24))


def write(name, rows):
    with open(name, "w", newline="\n") as file:
        file.writelines(",".join(str(cell) for cell in row) + "\n" for row in rows)


columns = [
    "tick", "oslo_short_requests", "oslo_long_requests", "madrid_short_requests", "madrid_long_requests",
    "athens_short_requests", "athens_long_requests", "fjord_usd_per_kwh", "plain_usd_per_kwh", "coast_usd_per_kwh",
    "fjord_kg_per_kwh", "plain_kg_per_kwh", "coast_kg_per_kwh", "fjord_wind_kw", "plain_sun_kw", "coast_sun_kw",
    "fjord_grid_litres_per_kwh", "plain_grid_litres_per_kwh", "coast_grid_litres_per_kwh",
]
rows = [columns]
for hour in range(HOURS):
    sun = max(0, math.sin(math.pi * (hour - 6) / 13)) if 6 < hour < 19 else 0
    rows.append([
        hour,
        round(60000 * day(hour, 15, .25)), round(9000 * day(hour, 14, .3)),
        round(90000 * day(hour, 16, .25)), round(12000 * day(hour, 15, .3)),
        round(40000 * day(hour, 17, .25)), round(6000 * day(hour, 16, .3)),
        round(.045 + .02 * day(hour, 18, 0), 4), round(.06 + .08 * day(hour, 20, 0), 4),
        round(.08 + .07 * day(hour, 20, 0), 4),
        round(.03 + .02 * day(hour, 18, 0), 4), round(.32 - .2 * sun, 4), round(.55 - .25 * sun, 4),
        round(25 + 20 * math.cos(2 * math.pi * (hour - 3) / 24), 2), round(70 * sun, 2), round(60 * sun, 2),
        round(4.5 + .5 * day(hour, 12, 0), 3), round(1.8 + .4 * day(hour, 15, 0), 3),
        round(2.2 + .6 * day(hour, 15, 0), 3),
    ])
write("hours.csv", rows)
write("bandwidth.csv", [
    ["service", "fjord", "plain", "coast"], ["oslo", 8000, 4000, 2500], ["madrid", 4000, 8000, 3000],
    ["athens", 2500, 3000, 8000],
])
write("propagation.csv", [
    ["service", "fjord", "plain", "coast"], ["oslo", .002, .024, .03], ["madrid", .024, .002, .022],
    ["athens", .03, .022, .002],
])
