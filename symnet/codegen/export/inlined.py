"""The vetted kernels that a source calls, copied into it with all that they use in turn."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module, resources
from types import ModuleType

NUMPY_KERNELS = ("exact", "error_function", "normal", "polynomial", "select", "tower", "waves")
SCALAR_KERNELS = ("scalar", "error_function", "normal")
"""For one number; the coefficients are those of the arrays' kernels."""


@lru_cache(maxsize=1)
def taken() -> frozenset[str]:
    """The names of the kernels, which an exported function must not hide."""
    modules = map(_kernels, (*NUMPY_KERNELS, *SCALAR_KERNELS, "batches", "lists"))
    return frozenset(name for module in modules for name in vars(module) if not name.startswith("__"))


def _kernels(name: str) -> ModuleType:
    return import_module(f"symnet.codegen.kernels.{name}")


def python(names: Iterable[str], modules: Iterable[str]) -> str:
    """The definitions of these names and of all that they use, in an order that runs."""
    definitions: dict[str, tuple[str, ast.stmt]] = {}
    for module in map(_kernels, modules):
        source = inspect.getsource(module)
        for statement in ast.parse(source).body:
            for name in _defined(statement):
                definitions.setdefault(name, (ast.get_source_segment(source, statement) or "", statement))
    order: list[str] = []

    def add(name: str) -> None:
        if name in order or name not in definitions:
            return
        used = {n.id for n in ast.walk(definitions[name][1]) if isinstance(n, ast.Name)}
        for other in sorted(used - {name}):
            add(other)
        order.append(name)

    for name in sorted(names):
        add(name)
    return "".join(f"\n{_spaced(*definitions[name])}\n" for name in order)


def _spaced(text: str, statement: ast.stmt) -> str:
    return f"\n{text}\n" if isinstance(statement, ast.FunctionDef) else text


def _defined(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.FunctionDef):
        return [statement.name]
    if isinstance(statement, ast.Assign):
        return [t.id for t in statement.targets if isinstance(t, ast.Name)]
    return []


def javascript(names: Iterable[str], files: Iterable[str] = ("scalar.js",)) -> str:
    """The same for JavaScript."""
    folder = resources.files("symnet.codegen.kernels")
    texts = [folder.joinpath(file).read_text(encoding="utf-8") for file in files]
    blocks = [
        b for text in texts for b in re.split(r"\n\n(?=//|const|function)", text) if not b.startswith("// The kernels")
    ]
    named = {
        m.group(1): block for block in blocks if (m := re.search(r"^(?:const|function) (\w+)", block, re.MULTILINE))
    }
    needed: list[str] = []

    def add(name: str) -> None:
        if name in needed or name not in named:
            return
        needed.append(name)
        for other in re.findall(r"\b\w+\b", named[name]):
            add(other)

    for name in sorted(names):
        add(name)
    return "".join(f"{named[name].strip()}\n\n" for name in named if name in needed)
