"""Work units: every search is bounded by a count that is the same on every machine.

The clock is only a safety net. A `Budget` counts enclosures of a function (the unit of all searches);
when it is spent, or when the optional deadline has passed, the search ends with `Undecided`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from symnet.balls.undecided import Undecided


@dataclass
class Budget:
    """A number of units that searches may still spend, and the deadline of the safety net."""

    units: int
    deadline: float | None = None
    cut_short: bool = False
    """Whether the clock ended a search: such results are never cached."""

    def spend(self, units: int = 1) -> None:
        """Take `units`, or raise `Undecided` when nothing is left."""
        self.units -= units
        if self.units < 0:
            raise Undecided("the work units are spent")
        if self.deadline is not None and time.monotonic() > self.deadline:
            self.cut_short = True
            raise Undecided("the time limit was reached")
