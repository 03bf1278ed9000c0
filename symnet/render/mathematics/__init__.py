"""SymPy objects as LaTeX, MathML, two-dimensional text and one-line text, under one set of conventions.

The conventions are told here and kept by every printer:

- products put numbers first, then symbols, then functions, then sums: σ(x)(1 − σ(x));
- a derivative of an unknown function by its own argument is f′(x), any other is d/dx (…);
- a piecewise function prints the condition that really holds on each branch (x ≥ 0, −3 < x < 3), worked out
  from the order of the branches, and "otherwise" only where that cannot be said;
- matrices and vectors are bold; max, min, erf are upright words; absolute values are paired bars;
- a string or a `Text` inside mathematics is upright words, never markup.
"""
