"""A study sheet as a format-free document: records that hold mathematics and prose, never markup."""

from symnet.sheet.blocks import (
    Block,
    Code,
    Curve,
    CurveMark,
    CurveSeries,
    DataTable,
    Diagram,
    Equation,
    FactRow,
    FactTable,
    Heading,
    ItemList,
    Note,
    Paragraph,
    Pictures,
    Play,
    Question,
    StepRow,
    Steps,
)
from symnet.sheet.sheet import Section, Sheet
from symnet.sheet.text import Text

__all__ = [
    "Block", "Code", "Curve", "CurveMark", "CurveSeries", "DataTable", "Diagram", "Equation", "FactRow", "FactTable",
    "Heading", "ItemList", "Note", "Paragraph", "Pictures", "Play", "Question", "Section", "Sheet", "StepRow", "Steps", "Text",
]  # fmt: skip
