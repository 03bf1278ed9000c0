"""Mathematics as Typst, by reading the LaTeX of our own printer; anything it does not know raises.

Objects of the other rooms print themselves as LaTeX, so that is what there is to read. It is a small closed
dialect, not the language: every command has its line below, and an unknown one is an error. General converters
drop what they do not know, and a formula with a part missing is worse than none.
"""

from __future__ import annotations

import re
from typing import Any

from symnet.errors import RenderError
from symnet.render.mathematics.latex import latex

_TOKEN = re.compile(
    r"\\begin\{(?P<begin>\w+)\}|\\end\{(?P<end>\w+)\}|\\text\{(?P<text>[^{}]*)\}"
    r"|\\operatorname\{(?P<operator>(?:[^{}\\]|\\_)*)\}"
    r"|(?P<command>\\(?:[a-zA-Z]+|.))|(?P<number>\d+(?:\.\d+)?)|(?P<space>\s+)|(?P<sign>.)",
    re.DOTALL,
)
_OPERATORS = {
    "max",
    "min",
    "log",
    "ln",
    "exp",
    "sin",
    "cos",
    "tan",
    "sinh",
    "cosh",
    "tanh",
    "coth",
    "lim",
    "arg",
    "det",
    "sup",
    "inf",
}
_LIMITS = {"sum": "∑", "prod": "∏", "int": "∫"}
_OWN_OPERATORS = {
    "arctan": "arctan",
    "arcsin": "arcsin",
    "atan": "atan",
    "asinh": "asinh",
    "sech": "sech",
    "csch": "csch",
    "erf": "erf",
}
_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
    "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
_SIGNS = {
    "cdot": "dot.op", "times": "times", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "to": "→",
    "in": "∈", "notin": "∉", "infty": "∞", "partial": "∂", "nabla": "∇", "odot": "dot.o", "circ": "∘", "ell": "ell", "top": "⊤",
    "Rightarrow": "⇒", "mapsto": "↦", "equiv": "≡", "sim": "∼", "gets": "←", "wedge": "∧", "vee": "∨", "cup": "∪", "cap": "∩", "pm": "±",
    "vert": "bar.v", "Vert": "bar.v.double", "lvert": "bar.v", "rvert": "bar.v", "lVert": "bar.v.double", "rVert": "bar.v.double",
    "backslash": "backslash", "dots": "dots.h", "ldots": "dots.h", "cdots": "dots.h.c", "quad": "quad", "emptyset": "emptyset", "setminus": "without",
    "forall": "forall", "exists": "exists", ",": "thin", ";": "med", "!": "#h(-0.16em)", " ": "space", ":": "med", "_": '"_"', "%": '"%"',
    "&": '"&"', "#": '"#"', "$": '"$"', "{": "brace.l", "}": "brace.r", "lfloor": "floor.l", "rfloor": "floor.r", "mid": "divides",
    "langle": "angle.l", "rangle": "angle.r", "displaystyle": "", "nobreak": "", "checkmark": "✓",
}  # fmt: skip
_STYLES = {
    "mathbf": "bold(upright({}))", "boldsymbol": "bold({})", "mathrm": "upright({})", "mathbb": "bb({})", "mathcal": "cal({})",
    "tilde": "tilde({})", "hat": "hat({})", "bar": "macron({})", "overline": "overline({})", "mathrel": "class(\"relation\", {})",
}  # fmt: skip
_PLAIN = {
    "(": "paren.l", ")": "paren.r", "[": "bracket.l", "]": "bracket.r", "|": "bar.v", ",": "comma", ";": "semi", "/": "slash", '"': '"\\""',
    "-": "minus", "*": "ast.op", "=": "=", "+": "+", "<": "<", ">": ">", "'": "'", "!": "!", ":": ":", ".": ".", "⊤": "⊤", "~": "space.nobreak",
}  # fmt: skip


def typst(thing: Any) -> str:
    """`thing` in Typst's mathematics, without the dollars; raises `RenderError` for what cannot be printed."""
    source = latex(thing)
    reader = _Reader(source)
    written = reader.row(())
    if reader.position != len(reader.tokens):
        raise reader.error("an end without a beginning")
    return written


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = [match for match in _TOKEN.finditer(source) if not match["space"]]
        self.position = 0

    def error(self, what: str) -> RenderError:
        return RenderError(f"this formula cannot be set in Typst ({what}): {self.source}")

    def peek(self) -> str:
        return self.tokens[self.position][0] if self.position < len(self.tokens) else ""

    def take(self) -> re.Match[str]:
        if self.position >= len(self.tokens):
            raise self.error("it ends too early")
        self.position += 1
        return self.tokens[self.position - 1]

    def row(self, stop: tuple[str, ...]) -> str:
        """Everything up to one of `stop`, which is left standing."""
        parts: list[str] = []
        while self.position < len(self.tokens) and self.peek() not in stop and not self.tokens[self.position]["end"]:
            if self.peek() in ("}", r"\right", "&", r"\\"):
                break
            parts.append(self.item())
        return " ".join(part for part in parts if part)

    def item(self) -> str:
        """One thing with its scripts and primes."""
        written = self.atom()
        while self.peek() in ("^", "_", "'"):
            mark = self.take()[0]
            if mark == "'":
                written += "'"
            else:
                written += f"{mark}({self.group()})"
        return written

    def group(self) -> str:
        """What stands in braces, or the next single thing."""
        if self.peek() != "{":
            return self.atom()
        self.take()
        written = self.row(("}",))
        if self.take()[0] != "}":
            raise self.error("a brace does not close")
        return written

    def atom(self) -> str:
        token = self.take()
        if token["begin"]:
            return self.environment(token["begin"])
        if token["text"] is not None:
            return _string(token["text"])
        if token["operator"] is not None:
            return f"op({_string(token['operator'].replace(chr(92) + '_', '_'))})"
        if token["number"]:
            return token["number"]
        if token["command"]:
            return self.command(token["command"][1:])
        sign = token[0]
        if sign == "{":
            self.position -= 1
            return self.group() or '""'
        if sign.isalpha():
            return sign
        if sign in _PLAIN:
            return _PLAIN[sign]
        raise self.error(f"unknown sign {sign!r}")

    def command(self, name: str) -> str:
        if name == "frac":
            return f"frac({self.group()}, {self.group()})"
        if name == "sqrt":
            return self.root()
        if name == "left":
            opening = self.delimiter()
            inside = self.row((r"\right",))
            if self.take()[0] != r"\right":
                raise self.error("a bracket does not close")
            return f"lr({opening} {inside} {self.delimiter()})"
        if name in _STYLES:
            return _STYLES[name].format(self.group())
        if name in _OPERATORS:
            return name
        if name in _OWN_OPERATORS:
            return f'op("{_OWN_OPERATORS[name]}")'
        for table in (_LIMITS, _GREEK, _SIGNS):
            if name in table:
                return table[name]
        raise self.error(f"unknown command \\{name}")

    def root(self) -> str:
        if self.peek() != "[":
            return f"sqrt({self.group()})"
        self.take()
        degree = self.row(("]",))
        self.take()
        return f"root({degree}, {self.group()})"

    def delimiter(self) -> str:
        token = self.take()[0]
        if token == ".":
            return ""
        return _PLAIN[token] if token in _PLAIN else self.command(token[1:])

    def environment(self, name: str) -> str:
        rows = self.rows(name)
        if name == "cases":
            return "cases(" + ", ".join(" & quad ".join(cells) for cells in rows) + ")"
        if name in ("bmatrix", "matrix"):
            delimiter = '"["' if name == "bmatrix" else "#none"
            return f"mat(delim: {delimiter}, " + "; ".join(", ".join(cells) for cells in rows) + ")"
        if name == "aligned":
            return " \\\n".join(" & ".join(cells) for cells in rows)
        raise self.error(f"unknown environment {name}")

    def rows(self, name: str) -> list[list[str]]:
        rows = [[self.row(())]]
        while not self.tokens[self.position]["end"]:
            mark = self.take()[0]
            if mark == "&":
                rows[-1].append(self.row(()))
            elif mark == r"\\":
                rows.append([self.row(())])
            else:
                raise self.error(f"unexpected {mark}")
            if self.position >= len(self.tokens):
                raise self.error(f"{name} does not end")
        if self.take()["end"] != name:
            raise self.error(f"{name} does not end")
        return rows


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
