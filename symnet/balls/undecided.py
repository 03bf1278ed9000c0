"""What the certified machinery raises when it cannot decide: never a guess, never a float's opinion."""

from __future__ import annotations

from symnet.errors import SymnetError


class Undecided(SymnetError):
    """A question that was not decided within its work units; every fact that asked it is unknown."""


class NeedsFartherTail(Undecided):
    """An expansion that does not hold yet on t >= T, but may for a larger T."""


class NeedsFinerBase(SymnetError):
    """A generator exp(q*u) met a multiple that is not a whole power of it; start again with a finer q."""

    def __init__(self, key: str, base: object) -> None:
        super().__init__(f"the base of {key} must be {base}")
        self.key, self.base = key, base
