"""Undetermined coefficients: constants that make a combination of functions equal to another, exactly."""

from __future__ import annotations

from typing import Any

from symnet.balls.element import Element
from symnet.balls.field import Field


def weights_of(target: Element, derivatives: list[Element]) -> list[Element] | None:
    """Constants c with sum of c_j * derivatives_j = target, by comparing coefficients."""
    field = target.field
    common = target.den
    for d in derivatives:
        common = common * d.den // common.gcd(d.den)
    columns = [_coefficients(field, d.num * (common // d.den)) for d in derivatives]
    rows: dict[Any, dict[int, Element]] = {}
    for j, column in enumerate([*columns, _coefficients(field, target.num * (common // target.den))]):
        for key, value in column.items():
            rows.setdefault(key, {})[j] = value
    return _solved(list(rows.values()), len(derivatives), field)


def _coefficients(field: Field, polynomial: Any) -> dict[tuple[tuple[int, int], ...], Element]:
    """Monomials in the varying generators → their constant coefficients."""
    found: dict[tuple[tuple[int, int], ...], Element] = {}
    for coefficient, powers in field.terms(field.reduce(polynomial)):
        value = field.rational(coefficient)
        for index, exponent in powers:
            if field.generators[index].constant:
                value = value * field.element(field.generator(index)) ** exponent
        key = tuple((i, e) for i, e in powers if not field.generators[i].constant)
        found[key] = found.get(key, field.zero) + value
    return found


def _solved(rows: list[dict[int, Element]], unknowns: int, field: Field) -> list[Element] | None:
    """Gauss' elimination on sparse rows; column `unknowns` is the right side. Free unknowns are 0."""
    pivots: dict[int, dict[int, Element]] = {}
    for row in sorted(rows, key=len):
        row = {j: v for j, v in row.items() if not v.is_zero}
        while (column := min((j for j in row if j in pivots), default=None)) is not None:
            row = _minus(row, pivots[column], row[column])
            field.budget.spend()
        column = min((j for j in row if j < unknowns), default=None)
        if column is None:
            if row:
                return None
            continue
        pivots[column] = {j: v / row[column] for j, v in row.items()}
    weights = [field.zero] * unknowns
    for column in sorted(pivots, reverse=True):
        value = pivots[column].get(unknowns, field.zero)
        for j, v in pivots[column].items():
            if column < j < unknowns:
                value = value - v * weights[j]
        weights[column] = value
    return weights


def _minus(row: dict[int, Element], pivot: dict[int, Element], factor: Element) -> dict[int, Element]:
    """row - factor*pivot without what vanishes."""
    result = dict(row)
    for j, v in pivot.items():
        value = result[j] - factor * v if j in result else -(factor * v)
        if value.is_zero:
            result.pop(j, None)
        else:
            result[j] = value
    return result
