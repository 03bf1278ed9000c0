"""Sums and products of symbols, put together from parts that stand in SymPy's own order already.

Building `Mul(w, x)` costs SymPy fifteen times, and a sum of such products a hundred times, what it costs to hand over
arguments that are in order. The results are equal to SymPy's own, which the tests hold.
"""

from __future__ import annotations

from sympy import Add, Expr, Mul, S, Symbol


def product(*factors: Expr) -> Expr:
    """The product; of different symbols without SymPy's search for common bases."""
    kept = [factor for factor in factors if factor is not S.One]
    if len(kept) == 1:
        return kept[0]
    if kept and all(type(factor) is Symbol for factor in kept):
        names = [factor.name for factor in kept]
        if len(set(names)) == len(names):
            return Mul._from_args(sorted(kept, key=_name), True)
    return Mul(*kept)


def total(*terms: Expr) -> Expr:
    """The sum; of different symbols and products of symbols without SymPy's search for like terms."""
    if len(terms) == 1:
        return terms[0]
    keys = [_key(term) for term in terms]
    if all(keys) and len(set(keys)) == len(keys):
        return Add._from_args(
            [term for _, term in sorted(zip(keys, terms, strict=True), key=lambda pair: pair[0])], True
        )
    return Add(*terms)


def _name(symbol: Expr) -> str:
    return symbol.name  # type: ignore[attr-defined]


def _key(term: Expr) -> tuple[int, tuple[str, ...]] | None:
    """Symbols by name, then products by their names; None for anything else."""
    if type(term) is Symbol:
        return 0, (term.name,)
    if type(term) is Mul and len(term.args) == 2 and all(type(factor) is Symbol for factor in term.args):
        return 1, tuple(map(_name, term.args))
    return None
