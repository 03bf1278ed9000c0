"""Certified mathematics of one smooth function of one real variable: exact fields, balls, germs, roots.

Nothing here knows an activation or a typed expression. A function is an `Element` of a `Field`: a
quotient of polynomials in generators (x, exp(u), log p, p^(1/q), sin u, cos u, atan u, asin u, erf u
and constants). That one form serves everything above: an identity is proved by the polynomial being
zero, an enclosure comes from evaluating the generators with Arb balls (python-flint), zeros are the
zeros of the irreducible factors of the numerator, and the behaviour at an end of an interval is read
from a germ, a finite sum of exact monomials whose remainder is a ball that holds on the *whole* tail.
"""
