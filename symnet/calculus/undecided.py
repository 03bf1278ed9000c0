"""What evaluation raises when it cannot tell."""


class Undecided(ArithmeticError):
    """The value cannot be told at this point and precision: undefined, on a breakpoint, or a ball too wide."""
