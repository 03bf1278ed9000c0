"""The blocks that sheets are made of: frozen records, one macro each in every format.

Mathematics is held as SymPy objects, or as `symnet.definitions` equations turned into SymPy-like
printable trees by `explain`; it becomes LaTeX, MathML or Unicode only in `render`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from symnet.sheet.text import Text


@dataclass(frozen=True)
class Heading:
    """A heading inside a section (sections have their own)."""

    text: Text
    level: int = 3


@dataclass(frozen=True)
class Paragraph:
    """Running prose."""

    text: Text


@dataclass(frozen=True)
class ItemList:
    """A list of short texts."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Equation:
    """A displayed formula ``left = right (= more …)``; any side a SymPy object."""

    sides: tuple[Any, ...]
    """One object is a bare expression; several are joined by `relation`, aligned one a line when `multiline`."""
    relation: str = "="
    """``"="``, ``"≈"``, ``"≤"``, ``"→"``, ``"∈"``; one for all joints."""
    multiline: bool = False
    label: Text | None = None
    """Words that stand beside the formula: what it is called."""


@dataclass(frozen=True)
class StepRow:
    """One line of a derivation."""

    rule: Text
    before: Any
    after: Any
    depth: int = 0
    check: str = ""
    """How the step was checked, in a few words."""


@dataclass(frozen=True)
class Steps:
    """A derivation: rows from the question to the result."""

    rows: tuple[StepRow, ...]
    result: Equation | None = None


@dataclass(frozen=True)
class FactRow:
    """One property of the subject, with its reason and how sure it is."""

    property: Text
    value: Text
    reason: Text
    verdict: str
    """``"proved"``, ``"measured"``, ``"declared"`` or ``"not decided"``."""


@dataclass(frozen=True)
class FactTable:
    """Properties of the subject."""

    rows: tuple[FactRow, ...]


@dataclass(frozen=True)
class DataTable:
    """A plain table; cells are `Text` or SymPy objects."""

    header: tuple[Text, ...]
    rows: tuple[tuple[Any, ...], ...]
    caption: Text | None = None
    alignment: str = ""
    """One letter a column: l, c or r; empty means all l."""


@dataclass(frozen=True)
class CurveSeries:
    """One curve: sampled points in branches, so that a jump is a gap."""

    label: Any
    """A SymPy object or a `Text`."""
    branches: tuple[tuple[tuple[float, float], ...], ...]
    role: str = "function"
    """``"function"``, ``"derivative"``, ``"other"``, ``"asymptote"``, ``"data"``: decides colour and dash."""


@dataclass(frozen=True)
class CurveMark:
    """A point worth seeing: a kink, an extremum, a jump's open or closed end."""

    x: float
    y: float
    label: Text
    kind: str = "point"
    """``"point"``, ``"kink"``, ``"extremum"``, ``"open"``, ``"closed"``."""


@dataclass(frozen=True)
class Play:
    """What lets a reader drag a point along a curve in a browser: generated JavaScript for the value and the slope."""

    value: str
    """Source that defines a function of x."""
    value_name: str
    slope: str
    slope_name: str
    kinks: tuple[tuple[float, float, float], ...] = ()
    """(x, slope from the left, slope from the right) where the two differ."""


@dataclass(frozen=True)
class Curve:
    """A graph with axes."""

    series: tuple[CurveSeries, ...]
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_label: str = "x"
    y_label: str = "y"
    marks: tuple[CurveMark, ...] = ()
    title: Text | None = None
    description: Text | None = None
    """What a reader who cannot see the picture needs to know."""
    play: Play | None = None


@dataclass(frozen=True)
class Diagram:
    """A network: columns of units joined by wires, long columns elided by dots."""

    sizes: tuple[int, ...]
    labels: tuple[Text, ...]
    """One caption a column."""
    unit_labels: tuple[tuple[str, ...], ...] = ()
    """For small networks: the text in each unit, column by column."""
    weights: tuple[Any, ...] | None = None
    """Per joint, a nested sequence (out, in) of floats: wires signed (dashed = negative) and weighted."""
    shown: int = 8
    """At most so many units of a column are drawn."""
    title: Text | None = None
    description: Text | None = None


@dataclass(frozen=True)
class Pictures:
    """A row of small grey or signed pictures: digits, first-layer weights, a confusion matrix."""

    images: tuple[tuple[tuple[float, ...], ...], ...]
    """Each a matrix of rows."""
    captions: tuple[Text, ...]
    signed: bool = False
    """Signed pictures have a diverging scale about 0, with the sign readable without colour."""
    title: Text | None = None
    description: Text | None = None


@dataclass(frozen=True)
class Code:
    """Source text that runs as printed, and what it prints."""

    language: str
    source: str
    output: str = ""
    title: Text | None = None


@dataclass(frozen=True)
class Question:
    """A self-test question; the answer is folded away where the format can."""

    question: Text
    answer: tuple[Block, ...]
    level: str = "recall"
    """``"recall"``, ``"compute"``, ``"explain"`` or ``"transfer"``."""


@dataclass(frozen=True)
class Note:
    """An aside: a misconception refuted, a warning, a correction of the source note."""

    kind: str
    """``"misconception"``, ``"correction"``, ``"warning"``, ``"tip"``."""
    title: Text
    body: tuple[Block, ...]


Block = (
    Heading
    | Paragraph
    | ItemList
    | Equation
    | Steps
    | FactTable
    | DataTable
    | Curve
    | Diagram
    | Pictures
    | Code
    | Question
    | Note
)
BLOCKS: tuple[type, ...] = (
    Heading, Paragraph, ItemList, Equation, Steps, FactTable, DataTable, Curve, Diagram, Pictures, Code, Question, Note,
)  # fmt: skip
