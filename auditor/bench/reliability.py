"""The reliability diagram: what fidelity says, and what people said of the same pairs, as SVG.

Source: Murphy and Winkler 1977, reliability diagrams; Naeini et al. 2015, calibration error.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from auditor.bench.fidelity import Bin, calibration_error

SIZE = 360
"""Sides of the plot in pixels: 3.6 for a point of fidelity or of a rating."""
LEFT, TOP = 64, 44
"""Room for the scale and the title."""

_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#333}"
    ".grid{stroke:#ddd}.even{stroke:#888;stroke-dasharray:5 4}"
    ".span{stroke:#1f5fa8;stroke-width:2}.bin{fill:#1f5fa8}.title{font-weight:700}"
)


def diagram(bins: Sequence[Bin], name: str) -> str:
    """A page of its own: one dot a bin, as large as its pairs are many, with its 95 % interval.

    Args:
        bins: at least one.
        name: of the file of ratings.
    """
    width, height = LEFT + SIZE + 24, TOP + SIZE + 64
    pairs = sum(one.count for one in bins)
    title = f"{name}: {pairs} pairs, calibration error {calibration_error(bins):.3f}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        f' width="{width}" height="{height}" role="img" aria-labelledby="t">',
        f'<title id="t">{escape(title)}</title><style>{_STYLE}</style>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text class="title" x="{LEFT}" y="24">{escape(title)}</text>',
        *_scale(),
        f'<path class="even" d="M{_x(0)} {_y(0)}L{_x(100)} {_y(100)}"/>',
    ]
    # The largest first, so that no dot hides another.
    for one in sorted(bins, key=lambda one: -one.count):
        parts += _dot(one, pairs)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(value: float) -> str:
    return f"{LEFT + value * SIZE / 100:.1f}"


def _y(value: float) -> str:
    return f"{TOP + SIZE - value * SIZE / 100:.1f}"


def _scale() -> list[str]:
    """The grid with its numbers, and what the two sides mean."""
    lines = []
    for value in range(0, 101, 20):
        lines += [
            f'<path class="grid" d="M{_x(0)} {_y(value)}L{_x(100)} {_y(value)}"/>',
            f'<path class="grid" d="M{_x(value)} {_y(0)}L{_x(value)} {_y(100)}"/>',
            f'<text x="{LEFT - 8}" y="{_y(value)}" dy="4" text-anchor="end">{value}</text>',
            f'<text x="{_x(value)}" y="{_y(0)}" dy="18" text-anchor="middle">{value}</text>',
        ]
    below = f'x="{_x(50)}" y="{_y(0)}" dy="44"'
    beside = f'transform="translate(18 {TOP + SIZE // 2}) rotate(-90)"'
    return [
        *lines,
        f'<text {below} text-anchor="middle">fidelity, mean of a bin</text>',
        f'<text {beside} text-anchor="middle">rating by people, mean of a bin</text>',
    ]


def _dot(one: Bin, pairs: int) -> list[str]:
    low, high = max(0.0, one.rating - one.margin), min(100.0, one.rating + one.margin)
    radius = 3 + 9 * (one.count / pairs) ** 0.5
    told = f"{one.count} pairs: fidelity {one.fidelity:.1f}, rating {one.rating:.1f}"
    x = _x(one.fidelity)
    return [
        f'<path class="span" d="M{x} {_y(low)}L{x} {_y(high)}"/>',
        f'<circle class="bin" cx="{x}" cy="{_y(one.rating)}" r="{radius:.1f}">',
        f"<title>{told}</title></circle>",
        f'<text x="{x}" y="{_y(one.rating)}" dx="{radius + 4:.1f}" dy="16">{one.count}</text>',
    ]
