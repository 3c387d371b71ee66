#!/usr/bin/env python3
"""Prints the outline of the land that Sources/RunReport/Figures/Land.swift holds.

Needs shapely and pyshp from PyPI, and the shapefile naturalearth_lowres of the wheel geopandas 0.14.4 (Natural Earth 1:110m
countries, public domain): python3 land.py geopandas/datasets/naturalearth_lowres/naturalearth_lowres.shp
"""

import sys

import shapefile
from shapely.geometry import box, shape
from shapely.ops import unary_union


def corners(polygon):
    """The outer ring in tenths of a degree, clockwise, without corners that fell together."""
    ring = [(round(x * 10), round(y * 10)) for x, y in polygon.exterior.coords]
    ring = [corner for place, corner in enumerate(ring) if place == 0 or corner != ring[place - 1]]
    turn = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))
    return (ring[::-1] if turn > 0 else ring)[:-1]


# A little wider than they are, so that neighbours join.
countries = [shape(country.__geo_interface__).buffer(0.02) for country in shapefile.Reader(sys.argv[1]).shapes()]
land = unary_union(countries).simplify(0.45).intersection(box(-180, -58, 180, 84))
for polygon in sorted((part for part in land.geoms if part.area > 2), key=lambda part: -part.area):
    print(" ".join(f"{x},{y}" for x, y in corners(polygon)))
