"""The sheet of any declared optimiser: its update equations, a walk into a bowl in numbers, defaults, frameworks, code."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Integer, Rational, Symbol, pycode

from symnet.definitions.optimiser import Optimiser
from symnet.explain.essay import essay, plain_voice
from symnet.explain.frame import Frame
from symnet.explain.notation import Decimal
from symnet.prose import load
from symnet.sheet import Code, DataTable, Equation, Sheet, Text

START, BOTTOM, CURVATURE = Rational(4), Rational(1), Rational(1, 2)
"""The walk begins at START in the bowl ½·c·(w − bottom)², whose slope is c·(w − bottom)."""
RATE = Rational(1, 2)
STEPS = 5
DIGITS, PRECISION = 6, 40


def explain_optimiser(record: Optimiser, reading: Text | None = None) -> Sheet:
    """The sheet ``symnet explain adam``."""
    voice = plain_voice({
        "described": " ".join([record.summary, *record.description.split("\n\n")]), "steps": str(STEPS), "rate": RATE,
        "start": START, "bottom": BOTTOM, "curvature": CURVATURE,
        "names": ", ".join(name.replace("_", " ") for name in record.aliases) or record.title,
    }, {"w": Symbol("w"), "g": Symbol("g"), "t": Symbol("t")})  # fmt: skip
    blocks: dict[str, list[Any]] = {
        "equations": [Equation(pair) for pair in record.equations],
        "parameters": [parameters(record, voice)],
        "walk": [walk(record, voice)],
        "frameworks": [frameworks(record, voice)],
        "code": [code(record)],
    }
    own = record.name if load(f"subjects/{record.name}") else ""
    return essay(
        "optimiser", blocks, voice, subject=record.name, title=Text(record.title), reading=reading,
        declared=record.sources, own=own,
    )  # fmt: skip


def positions(record: Optimiser, steps: int = STEPS) -> list[dict[str, Expr]]:
    """Every sequence of the equations, step after step, with `PRECISION` digits; w at 0 is the start."""
    fixed = {s: v for s, v in record.parameter_values.items() if s.name != "eta"} | {Symbol("eta", positive=True): RATE}
    state: dict[str, Expr] = {name: Integer(0) for name in record.bases} | {"w": START}
    found = [dict(state)]
    for t in range(1, steps + 1):
        before, state = state, state | {"g": CURVATURE * (state["w"] - BOTTOM)}
        for left, right in record.equations:
            at = {
                atom: (state if atom.indices[0] == record.time else before)[atom.base.label.name]
                for atom in right.atoms(type(left))
            }
            value = right.xreplace(at).xreplace(fixed).xreplace({record.time: Integer(t)})
            state = state | {left.base.label.name: value.evalf(PRECISION)}
        found.append(state)
    return found


def walk(record: Optimiser, voice: Any) -> DataTable:
    """The step, the slope before it, what is kept, and the place after it."""
    frame = Frame("subjects/optimiser", "table", voice)
    names = ("g", *record.sequences, "w")
    header = (frame.text("step"), *(Text("{name}", {"name": Symbol(name)}) for name in names))
    rows = tuple(
        (Integer(t), *(Decimal(Rational(str(state[name])), DIGITS) if t or name == "w" else "" for name in names))
        for t, state in enumerate(positions(record))
    )
    return DataTable(header, rows, alignment="r" * len(header))


def parameters(record: Optimiser, voice: Any) -> DataTable:
    """Every parameter and its default."""
    header = Frame("subjects/optimiser", "table", voice).texts("parameters")
    return DataTable(header, tuple((s, value) for s, value in record.parameter_values.items()), alignment="lr")


def frameworks(record: Optimiser, voice: Any) -> DataTable:
    """What each framework calls it."""
    names = {"torch": "PyTorch", "keras": "Keras"}
    rows = tuple((Text(names[key]), Text("{call}", {"call": call})) for key, call in record.frameworks.items())
    return DataTable(Frame("subjects/optimiser", "table", voice).texts("frameworks"), rows)


def code(record: Optimiser) -> Code:
    """The equations as plain Python, printed from the equations, walking into the same bowl."""
    lines = ["import math", ""]
    for symbol, value in record.parameter_values.items():
        lines.append(f"{symbol.name} = {float(RATE if symbol.name == 'eta' else value)!r}")
    lines += [f"{name} = 0.0" for name in record.kept]
    lines += [
        f"w = {float(START)!r}",
        "for t in range(1, 4):",
        f"    g = {float(CURVATURE)!r} * (w - {float(BOTTOM)!r})",
    ]
    written: set[str] = set()
    for left, right in record.equations:
        atoms = right.atoms(type(left))
        if any(a.indices[0] != record.time and a.base.label.name in written for a in atoms):
            raise ArithmeticError(f"{record.name} reads an old value after it was replaced")
        formula = right.xreplace({atom: Symbol(atom.base.label.name, real=True) for atom in atoms})
        lines.append(f"    {left.base.label.name} = {pycode(formula)}")
        written.add(left.base.label.name)
    lines.append("    print(round(w, 4))")
    printed = "\n".join(repr(round(float(state["w"]), 4)) for state in positions(record, 3)[1:])
    return Code("python", "\n".join(lines), printed, Text(load("subjects/optimiser")["libraries"]["python"]))
