"""Facts about a function, each proved or unknown: `analyse(target)` → `Analysis`.

The typed tree is cut into cells with one smooth formula (`cells`, `conversion`); `subject` holds the
derivatives, sign charts and one-sided limits on them; every property has a file of its own that reads
its fact from there (`facts` lists them in the contract's order). Whatever rests on a search that is
not complete is unknown.
"""

from symnet.analysis.decision import Analysis, analyse
from symnet.analysis.fact import Fact

__all__ = ["Analysis", "Fact", "analyse"]
