"""Hear the second opinion on one document of the JSON contract."""

from __future__ import annotations

from typing import Any

from agreement import refute_breaks, refute_families, refute_points, refute_shape, refute_smoothness, refute_values
from agreement.claims import REFUTATIONS, Claims, Contradiction

ROOMS = (refute_values, refute_points, refute_families, refute_breaks, refute_shape, refute_smoothness)


def contradictions(document: dict[str, Any], text: str) -> list[Contradiction]:
    """Every proved statement of `document` about `text` that numbers refute."""
    claims = Claims(document, text)
    for refute in REFUTATIONS:
        refute(claims)
    return claims.found
