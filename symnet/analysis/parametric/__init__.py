"""Facts of functions with symbolic parameters, for every value that the assumptions allow.

The ordinary proofs run in a field whose constants include the parameters (`balls.parameters`). Where a
proof asks for a sign that changes inside the range of a parameter, the range is split there (`parts`),
and each part is proved by itself, single values by the ordinary analysis; `cases` joins what agrees.
What that leaves open is asked of the function without a parameter that only scales it (`scaling`).
"""

from symnet.analysis.parametric.decide import decide_for_every_value

__all__ = ["decide_for_every_value"]
