"""The chain rule."""

from __future__ import annotations

from sympy import Expr, Function, Max, Min, Piecewise, Pow, Subs, Symbol

from symnet.calculus.rules.rule import rule, standing


@rule("chain rule")
def chain(e: Expr, x: Symbol) -> Expr | None:
    """f(u)′ = f′(u)·u′"""
    parts = composition(e, x)
    if parts is None:
        return None
    outer, u, inner = parts
    return Subs(standing(outer, u), u, inner) * standing(inner, x)


def composition(e: Expr, x: Symbol) -> tuple[Expr, Symbol, Expr] | None:
    """``(f(u), u, g)`` when e is f(g) for a function of one argument, a power or an exponential; else None."""
    if isinstance(e, (Max, Min, Piecewise)):
        return None
    inside = [a for a in e.args if a.has(x)]
    if not isinstance(e, (Function, Pow)) or len(inside) != 1 or inside[0] == x:
        return None
    (inner,) = inside
    u = inner_symbol(e)
    return e.func(*(u if a == inner else a for a in e.args)), u, inner


def inner_symbol(e: Expr) -> Symbol:
    """A letter for the inner function that `e` does not use."""
    taken = {symbol.name for symbol in e.free_symbols}
    name = next(letter for letter in ("u", "v", "w", "s", "t", "q", "u_1", "u_2") if letter not in taken)
    return Symbol(name, real=True)
