"""A bar chart of quotients as SVG: the line at 1 is a draw, to its right symnet is faster."""

from __future__ import annotations

import math
from html import escape

WIDTH, LABEL, ROW, GAP, TOP = 720, 170, 13, 8, 46
COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#777777")


def bars(values: dict[str, dict[str, float]], title: str) -> str:
    """Label → peer → quotient, on a logarithmic axis."""
    peers = list(dict.fromkeys(peer for row in values.values() for peer in row))
    numbers = [q for row in values.values() for q in row.values()]
    low = min(-1, math.floor(math.log2(min(numbers))))
    high = max(1, math.ceil(math.log2(max(numbers))))

    def x(quotient: float) -> float:
        return LABEL + (math.log2(quotient) - low) / (high - low) * (WIDTH - LABEL - 50)

    height = TOP + sum(len(row) * ROW + GAP for row in values.values()) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="11" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="8" y="16" font-size="13">{escape(title)}: peer ÷ symnet</text>',
    ]
    for place, peer in enumerate(peers):
        parts.append(f'<rect x="{LABEL + 95 * place}" y="24" width="9" height="9" fill="{_colour(place)}"/>')
        parts.append(f'<text x="{LABEL + 95 * place + 13}" y="32">{escape(peer)}</text>')
    for power in range(low, high + 1):
        heavy = 1.5 if power == 0 else 0.4
        at = x(2.0**power)
        parts.append(
            f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{TOP - 4}" y2="{height - 14}" stroke="#555555" stroke-width="{heavy}"/>'
        )
        parts.append(f'<text x="{at:.1f}" y="{height - 3}" text-anchor="middle">{2.0**power:g}</text>')
    y = TOP
    for label, row in values.items():
        parts.append(
            f'<text x="{LABEL - 6}" y="{y + len(row) * ROW / 2 + 4:.1f}" text-anchor="end">{escape(label)}</text>'
        )
        for peer, quotient in row.items():
            left, right = sorted((x(1.0), x(quotient)))
            parts.append(
                f'<rect x="{left:.1f}" y="{y}" width="{max(right - left, 0.5):.1f}" height="{ROW - 3}" fill="{_colour(peers.index(peer))}"/>'
            )
            parts.append(f'<text x="{right + 3:.1f}" y="{y + ROW - 4}">{quotient:.2f}</text>')
            y += ROW
        y += GAP
    return "\n".join([*parts, "</svg>"]) + "\n"


def _colour(place: int) -> str:
    return COLOURS[place % len(COLOURS)]
