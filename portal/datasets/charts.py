"""Charts as pictures: a Vega-Lite specification drawn to SVG on the server.

The same picture serves the page, the PDF and the download; a table always stands beside it.
"""

import hashlib
import json

import vl_convert
from django.core.cache import cache

#: Raise it when charts should be drawn anew though their data are the same.
CHART_VERSION = "1"
FONT = "Be Vietnam Pro, Segoe UI, Roboto, Noto Sans, Arial, sans-serif"
NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]}
LINE, TARGET, GRID, INK = "#0b5568", "#9a1b1e", "#d9dde0", "#39424f"


def series_chart(series, title):
    """Return the SVG of an indicator's course, with its target as a line."""
    indicator = series.indicator
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": title,
        "width": 720,
        "height": 280,
        "background": "white",
        "padding": 12,
        "config": _config(),
        "layer": [_course(series.points, indicator)],
    }
    if indicator.target is not None:
        spec["layer"].append(
            {
                "data": {"values": [{"target": float(indicator.target)}]},
                "mark": {"type": "rule", "color": TARGET, "strokeDash": [6, 4], "strokeWidth": 2},
                "encoding": {"y": {"field": "target", "type": "quantitative"}},
            }
        )
    return _draw(spec)


def _course(points, indicator):
    few = len(points) <= 4
    mark = (
        {"type": "bar", "color": LINE, "width": {"band": 0.5}}
        if few
        else {
            "type": "line",
            "color": LINE,
            "strokeWidth": 3,
            "point": {"filled": True, "fill": LINE, "size": 50},
        }
    )
    return {
        "data": {"values": [{"p": _tick(each.period), "v": float(each.value)} for each in points]},
        "mark": mark,
        "encoding": {
            "x": {
                "field": "p",
                "type": "ordinal",
                "sort": None,
                "title": None,
                "axis": {"labelAngle": 0 if few else -45},
            },
            "y": {
                "field": "v",
                "type": "quantitative",
                "title": indicator.unit_of_measure or None,
                "scale": {"zero": few, "nice": True},
                "axis": {"format": f",.{indicator.decimals}f"},
            },
        },
    }


def _tick(code):
    """Write a period as the axis shows it: 03/2026, Q1/2026, 2026."""
    year, _dash, part = code.partition("-")
    return f"{part}/{year}" if part else year


def _config():
    axis = {
        "gridColor": GRID,
        "domainColor": GRID,
        "tickColor": GRID,
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
    }
    return {"font": FONT, "view": {"stroke": None}, "axis": axis, "axisX": {"grid": False}}


def _draw(spec):
    text = json.dumps(spec, ensure_ascii=False, sort_keys=True)
    key = f"chart:{CHART_VERSION}:{hashlib.sha256(text.encode()).hexdigest()}"
    svg = cache.get(key)
    if svg is None:
        svg = vl_convert.vegalite_to_svg(spec, format_locale=NUMBERS, allowed_base_urls=[])
        cache.set(key, svg, timeout=7 * 24 * 3600)
    return svg
