#!/usr/bin/env python3
"""Writes the CSV files of this scenario: fleets.csv, weather.csv, demand.csv, requests.csv, site.csv, egress.csv.

Synthetic and repeatable: a fixed seed, the standard library only. Capacities, costs and demands are rounded from public
statistics of 2023-24 and scaled to a share of each system (see AREAS), so that a few hundred MW can move prices. Costs
include the carbon price generators really pay (Europe, Great Britain, California). Emission rates are those of the
stack; hydro, nuclear, wind, sun and biomass count as zero. Sun follows the solar height of each place, with cloudy
days; wind is a slow random walk around its July mean; demand follows the local hour, and weekends.
"""

import csv
import math
import random

SEED = 20240708
HOURS = 168
FIRST_DAY = 8  # July 2024; the 8th is a Monday

# Local demand by hour of the day, mean about 1.
SHAPES = {
    "cooling": [.83, .79, .76, .75, .75, .78, .84, .90, .95, 1.0, 1.04, 1.08, 1.12, 1.15, 1.18, 1.20, 1.21, 1.20, 1.16,
                1.11, 1.07, 1.03, .96, .89],
    "european": [.80, .77, .75, .75, .77, .83, .93, 1.03, 1.09, 1.12, 1.13, 1.14, 1.13, 1.11, 1.08, 1.06, 1.06, 1.08,
                 1.09, 1.09, 1.06, 1.02, .94, .86],
    "winter": [.84, .79, .77, .76, .78, .85, .97, 1.08, 1.09, 1.04, 1.0, .97, .95, .94, .94, .97, 1.06, 1.20, 1.25,
               1.22, 1.15, 1.07, .98, .90],
    "tropical": [.92, .90, .88, .87, .87, .88, .92, .96, 1.02, 1.06, 1.08, 1.08, 1.07, 1.09, 1.09, 1.08, 1.06, 1.03,
                 1.03, 1.04, 1.03, 1.01, .98, .95],
}

# area: share of the real system, latitude, longitude, hours from UTC, mean demand MW, shape, weekend factor,
# mean wind output p.u., local hour of most wind, mean clearness of the sky.
AREAS = {
    "pjm": ("12 %", 39.0, -77.5, -4, 12200, "cooling", .93, .20, 2, .80),
    "texas": ("15 %", 32.5, -97.0, -5, 9400, "cooling", .96, .33, 0, .90),
    "california": ("25 %", 37.4, -121.9, -7, 7600, "cooling", .95, .36, 20, .97),
    "quebec": ("20 %", 45.3, -73.9, -4, 3900, "european", .95, .28, 16, .70),
    "great_britain": ("25 %", 51.5, -0.6, 1, 6800, "european", .90, .26, 14, .55),
    "germany": ("15 %", 50.1, 8.7, 2, 8000, "european", .84, .17, 14, .65),
    "france": ("15 %", 48.8, 2.4, 2, 7400, "european", .88, .20, 14, .72),
    "nordic": ("15 %", 65.6, 22.1, 2, 5500, "european", .95, .24, 14, .62),
    "india_west": ("5 %", 19.0, 73.0, 5.5, 10500, "tropical", .97, .40, 15, .45),
    "singapore_grid": ("60 %", 1.3, 103.7, 8, 4000, "tropical", .95, .0, 0, .58),
    "kanto": ("20 %", 35.8, 140.1, 9, 7000, "cooling", .86, .15, 14, .62),
    "new_south_wales": ("60 %", -33.8, 150.9, 10, 5200, "winter", .95, .33, 3, .80),
    "brazil_southeast": ("10 %", -22.9, -47.1, -3, 4600, "winter", .88, .48, 22, .85),
}

# Generators by area: technology, MW, number of equal blocks, cost of the first and last block $/MWh, emissions of the
# first and last block kg/MWh, must-run share, constant availability.
FLEETS = {
    "pjm": [
        ("nuclear", 3900, 1, 8, 8, 0, 0, .9, .95), ("hydro", 350, 1, 6, 6, 0, 0, 0, .6),
        ("wind", 1400, 1, 0, 0, 0, 0, 0, 1), ("solar", 1500, 1, 0, 0, 0, 0, 0, 1),
        ("coal", 4300, 8, 30, 46, 940, 1020, .1, .8), ("gas-cc", 7300, 12, 24, 48, 350, 410, 0, .92),
        ("gas-peaker", 2800, 8, 55, 150, 520, 680, 0, .9)],
    "texas": [
        ("nuclear", 750, 1, 8, 8, 0, 0, .9, .97), ("wind", 5900, 1, 0, 0, 0, 0, 0, 1),
        ("solar", 3700, 1, 0, 0, 0, 0, 0, 1), ("coal", 2000, 4, 23, 29, 950, 1010, .2, .85),
        ("gas-cc", 5400, 12, 15, 30, 350, 410, 0, .93), ("gas-peaker", 2200, 8, 34, 110, 520, 680, 0, .9)],
    "california": [
        ("nuclear", 570, 1, 9, 9, 0, 0, 1, 1), ("geothermal", 300, 1, 12, 12, 40, 40, 1, .9),
        ("hydro", 1500, 4, 5, 30, 0, 0, 0, .65), ("wind", 1500, 1, 0, 0, 0, 0, 0, 1),
        ("solar", 6000, 1, 0, 0, 0, 0, 0, 1), ("gas-cc", 4500, 10, 36, 58, 360, 420, .1, .93),
        ("imports", 1800, 4, 40, 66, 380, 430, 0, 1), ("gas-peaker", 1900, 6, 70, 140, 530, 680, 0, .92)],
    "quebec": [
        ("hydro", 7400, 16, 8, 48, 0, 0, 0, .75), ("wind", 780, 1, 0, 0, 0, 0, 0, 1)],
    "great_britain": [
        ("nuclear", 1350, 1, 10, 10, 0, 0, .9, .8), ("wind", 7200, 1, 0, 0, 0, 0, 0, 1),
        ("solar", 4000, 1, 0, 0, 0, 0, 0, 1), ("hydro", 300, 1, 20, 20, 0, 0, 0, .5),
        ("biomass", 700, 1, 70, 70, 0, 0, 0, .9), ("imports", 1500, 5, 55, 80, 60, 220, 0, 1),
        ("gas-cc", 6000, 14, 72, 102, 350, 410, 0, .9), ("gas-peaker", 800, 4, 135, 180, 540, 660, 0, .9)],
    "germany": [
        ("wind", 10500, 1, 0, 0, 0, 0, 0, 1), ("solar", 13500, 1, 0, 0, 0, 0, 0, 1),
        ("hydro", 600, 1, 6, 6, 0, 0, 0, .7), ("biomass", 1000, 1, 25, 25, 0, 0, .8, .8),
        ("imports", 1800, 6, 45, 85, 60, 200, 0, 1), ("lignite", 2200, 5, 78, 90, 1020, 1120, .25, .85),
        ("gas-cc", 4000, 10, 82, 104, 340, 400, 0, .9), ("coal", 2500, 6, 94, 112, 800, 880, 0, .85),
        ("gas-peaker", 1200, 4, 130, 175, 540, 660, 0, .9)],
    "france": [
        ("nuclear", 9200, 14, 9, 48, 0, 0, .35, .68), ("hydro", 2400, 6, 6, 60, 0, 0, .1, .6),
        ("wind", 3500, 1, 0, 0, 0, 0, 0, 1), ("solar", 3200, 1, 0, 0, 0, 0, 0, 1),
        ("biomass", 200, 1, 30, 30, 0, 0, 0, .8), ("gas-cc", 1300, 5, 80, 95, 350, 400, 0, .9),
        ("gas-peaker", 700, 3, 120, 170, 540, 660, 0, .9)],
    "nordic": [
        ("nuclear", 1500, 1, 9, 9, 0, 0, .9, .8), ("wind", 5000, 1, 0, 0, 0, 0, 0, 1),
        ("solar", 500, 1, 0, 0, 0, 0, 0, 1), ("hydro", 7500, 16, 12, 60, 0, 0, .1, .75),
        ("gas-chp", 400, 2, 80, 105, 380, 450, 0, .8)],
    "india_west": [
        ("nuclear", 400, 1, 30, 30, 0, 0, .9, .85), ("hydro", 2350, 5, 12, 40, 0, 0, .1, .75),
        ("wind", 2300, 1, 0, 0, 0, 0, 0, 1), ("solar", 4300, 1, 0, 0, 0, 0, 0, 1),
        ("coal", 10900, 18, 30, 84, 920, 1020, .35, .78), ("gas-cc", 800, 3, 95, 120, 390, 440, 0, .8)],
    "singapore_grid": [
        ("waste", 150, 1, 10, 10, 700, 700, 1, .8), ("solar", 700, 1, 0, 0, 0, 0, 0, 1),
        ("gas-cc", 5700, 16, 58, 108, 370, 430, .15, .9), ("oil", 500, 3, 180, 220, 700, 780, 0, .9)],
    "kanto": [
        ("hydro", 800, 1, 12, 12, 0, 0, .2, .5), ("pumped-hydro", 1000, 3, 98, 125, 0, 0, 0, .6),
        ("waste", 200, 1, 15, 15, 600, 600, 1, .8), ("wind", 100, 1, 0, 0, 0, 0, 0, 1),
        ("solar", 3900, 1, 0, 0, 0, 0, 0, 1), ("coal", 1700, 4, 60, 70, 860, 920, .4, .9),
        ("gas-cc", 6600, 14, 76, 118, 350, 420, 0, .9), ("oil", 700, 3, 160, 220, 680, 760, 0, .9)],
    "new_south_wales": [
        ("coal", 4900, 10, 28, 84, 860, 960, .35, .82), ("hydro", 1500, 5, 70, 140, 0, 0, 0, .9),
        ("wind", 1700, 1, 0, 0, 0, 0, 0, 1), ("solar", 5000, 1, 0, 0, 0, 0, 0, 1),
        ("imports", 700, 3, 80, 125, 800, 900, 0, 1), ("gas-cc", 400, 1, 115, 115, 400, 400, 0, .9),
        ("gas-peaker", 900, 4, 150, 270, 560, 680, 0, .9)],
    "brazil_southeast": [
        ("nuclear", 200, 1, 9, 9, 0, 0, 1, .9), ("hydro", 7000, 16, 6, 54, 0, 0, .15, .62),
        ("biomass", 700, 2, 14, 22, 0, 0, .3, .8), ("wind", 1000, 1, 0, 0, 0, 0, 0, 1),
        ("solar", 1800, 1, 0, 0, 0, 0, 0, 1), ("gas-cc", 900, 4, 70, 105, 360, 420, 0, .9)],
}

# service: hours from UTC, peak IT load MW.
SERVICES = {
    "new_york": (-4, 260), "dallas": (-5, 110), "san_francisco": (-7, 190), "sao_paulo": (-3, 75), "london": (1, 165),
    "frankfurt": (2, 140), "paris": (2, 90), "stockholm": (2, 30), "mumbai": (5.5, 120), "singapore": (8, 110),
    "tokyo": (9, 190), "sydney": (10, 80),
}

# class: share of the peak IT load, energy Wh/request (as in scenario.yaml), least load at night as a share of the peak,
# weekend factor.
CLASSES = {
    "interactive": (.35, .4, .22, .75), "standard": (.35, 1.2, .30, .75), "agentic": (.20, 4, .55, .85),
    "batch": (.10, 12, .90, 1.0),
}

# Requests by local hour, share of the peak.
ACTIVITY = [.30, .20, .12, .08, .08, .14, .28, .48, .72, .88, .96, .98, .92, .96, 1.0, .98, .92, .88, .84, .84, .80,
            .72, .58, .42]

DECLINATION = math.radians(22.4)

CONTINENTS = {
    "america": ["new_york", "dallas", "san_francisco", "ashburn", "red-oak", "santa-clara", "beauharnois"],
    "south america": ["sao_paulo", "campinas"],
    "europe": ["london", "frankfurt", "paris", "stockholm", "slough", "hesse", "ile-de-france", "lulea"],
    "asia": ["mumbai", "singapore", "tokyo", "navi-mumbai", "jurong", "inzai"],
    "australia": ["sydney", "western-sydney"],
}
REGIONS = ["ashburn", "red-oak", "santa-clara", "beauharnois", "slough", "hesse", "ile-de-france", "lulea",
           "navi-mumbai", "jurong", "inzai", "western-sydney", "campinas"]


def stamp(hour):
    """The UTC stamp of an hour of the week."""
    return f"2024-07-{FIRST_DAY + hour // 24:02d}T{hour % 24:02d}:00Z"


def local(hour, offset):
    """Local hour of the day, and whether it is a weekend there."""
    moment = hour + offset
    return moment % 24, math.floor(moment / 24) % 7 in (5, 6)


def at(table, hour):
    """A 24-hour table between two full hours."""
    low = int(hour) % 24
    part = hour - int(hour)
    return table[low] * (1 - part) + table[(low + 1) % 24] * part


def sun(hour, latitude, longitude):
    """Output of tracked panels under a clear sky, p.u."""
    angle = math.radians(15 * (hour + 0.5 + longitude / 15 - 12))
    phi = math.radians(latitude)
    height = math.sin(phi) * math.sin(DECLINATION) + math.cos(phi) * math.cos(DECLINATION) * math.cos(angle)
    return 0.85 * max(0.0, height) ** 0.75


def weather(dice, area):
    """Hourly wind and sun of an area, p.u."""
    _, latitude, longitude, offset, _, _, _, wind_mean, wind_hour, clearness = AREAS[area]
    state = dice.gauss(0, 1)
    winds, suns, sky = [], [], clearness
    for hour in range(HOURS):
        if hour % 24 == 0:
            sky = min(1.0, max(0.25, clearness + 0.35 * (1 - clearness) * dice.gauss(0, 1)))
        state = 0.975 * state + math.sqrt(1 - 0.975 ** 2) * dice.gauss(0, 1)
        daily = 0.25 * math.cos(2 * math.pi * (hour + offset - wind_hour) / 24)
        odds = math.log(wind_mean / (1 - wind_mean)) + 0.75 * state + daily if wind_mean > 0 else -99
        winds.append(round(min(0.95, 1 / (1 + math.exp(-odds))), 3) if wind_mean > 0 else 0)
        suns.append(round(sky * sun(hour, latitude, longitude), 3))
    return winds, suns


def demand(dice, area):
    """Hourly demand of an area, MW."""
    _, _, _, offset, mean, shape, weekend, _, _, _ = AREAS[area]
    heat, result = 0.0, []
    for hour in range(HOURS):
        clock, is_weekend = local(hour, offset)
        heat = 0.97 * heat + math.sqrt(1 - 0.97 ** 2) * dice.gauss(0, 1)
        factor = at(SHAPES[shape], clock) * (weekend if is_weekend else 1) * (1 + 0.025 * heat)
        result.append(round(mean * factor))
    return result


def requests(dice, service, kind):
    """Hourly requests of a class at a service, per tick."""
    offset, peak = SERVICES[service]
    share, energy, night, weekend = CLASSES[kind]
    result = []
    for hour in range(HOURS):
        clock, is_weekend = local(hour, offset)
        active = night + (1 - night) * at(ACTIVITY, clock)
        load = peak * share * active * (weekend if is_weekend else 1) * (1 - 0.04 * dice.random())
        result.append(round(load * 1e6 / energy, -3))
    return [int(value) for value in result]


def write(name, header, rows):
    """Writes a CSV file."""
    with open(name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def fleet_rows():
    """The generators of all areas, block by block."""
    for area, technologies in FLEETS.items():
        for technology, size, blocks, first, last, low, high, minimum, available in technologies:
            for block in range(blocks):
                part = block / (blocks - 1) if blocks > 1 else 0
                capacity = size * available / blocks
                yield [
                    area.replace("_", "-"), technology if blocks == 1 else f"{technology}-{block + 1}", technology,
                    round(capacity), round(capacity * minimum), round(first + (last - first) * part, 1),
                    round(low + (high - low) * part)]


def egress_price(service, region):
    """$/GB: within a continent, or between continents."""
    together = any(service in names and region in names for names in CONTINENTS.values())
    return 0.02 if together else 0.08


def main():
    """Writes all files."""
    dice = random.Random(SEED)
    hours = range(HOURS)
    skies = {area: weather(dice, area) for area in AREAS}
    demands = {area: demand(dice, area) for area in AREAS}
    work = {(service, kind): requests(dice, service, kind) for service in SERVICES for kind in CLASSES}
    write("fleets.csv", ["area", "name", "technology", "capacity_mw", "minimum_mw", "cost_usd_per_mwh",
                         "emissions_kg_per_mwh"], fleet_rows())
    columns = [(area, kind) for area, fleet in FLEETS.items() for kind in (0, 1) if any(
        row[0] == ("wind", "solar")[kind] for row in fleet)]
    write("weather.csv", ["utc"] + [f"{area}_{('wind', 'solar')[kind]}_per_unit" for area, kind in columns],
          ([stamp(h)] + [skies[area][kind][h] for area, kind in columns] for h in hours))
    write("demand.csv", ["utc"] + [f"{area}_mw" for area in AREAS],
          ([stamp(h)] + [demands[area][h] for area in AREAS] for h in hours))
    write("requests.csv", ["utc"] + [f"{service}_{kind}_requests" for service, kind in work],
          ([stamp(h)] + [series[h] for series in work.values()] for h in hours))
    write("site.csv", ["utc", "red_oak_on_site_mw", "western_sydney_on_site_mw"],
          ([stamp(h), round(60 * skies["texas"][1][h], 1), round(40 * skies["new_south_wales"][1][h], 1)]
           for h in hours))
    write("egress.csv", ["service"] + REGIONS,
          ([service.replace("_", "-")] + [egress_price(service, region) for region in REGIONS]
           for service in SERVICES))


if __name__ == "__main__":
    main()
