"""Turn the text of an expression into a typed tree: tokens, then Python's `ast`, then a whitelist of its nodes.

Nothing is ever evaluated. `ast` only settles precedence; it sees placeholders for numbers and names, so
no word of Python can act. A node that is not on the list is refused with its place in the text.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, NoReturn

from symnet.definitions import folding, grammar, limits
from symnet.definitions.calls import catalogue_call, catalogue_function
from symnet.definitions.tokens import Token, refusal, tokens
from symnet.definitions.tree import Apply, Cases, Compare, Condition, Constant, Logic, Node, Number, depth, walk
from symnet.errors import DefinitionError, UnsupportedExpressionError

_BINARY: dict[type[ast.operator], Callable[[Node, Node], Node]] = {
    ast.Add: folding.add,
    ast.Sub: folding.subtract,
    ast.Mult: folding.multiply,
    ast.Div: folding.divide,
    ast.Pow: folding.power,
}
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip


def names(text: str) -> list[str]:
    """The names in `text` that the grammar does not own and that are not called, in order of appearance.

    A word in front of ``=`` is the parameter of a catalogue function and does not count.
    """
    found = tokens(text)
    following = [*(token.text for token in found[1:]), ""]
    free = [t.text for t, after in zip(found, following, strict=True) if t.kind == "name" and after not in ("(", "=")]
    return list(dict.fromkeys(name for name in free if not grammar.known(name)))


def reserved(name: str) -> bool:
    """Whether a free name cannot be a variable because it means something: a catalogue function, ``Pi``, ``oo``."""
    from symnet.definitions.activation import activations

    return (
        name in activations
        or name in grammar.ELSEWHERE
        or name in grammar.NO_NUMBERS
        or name.lower() in grammar.CONSTANTS
        or run_together(name) is not None
    )


def run_together(name: str) -> str | None:
    """``sin(x)`` for the word ``sinx``: a function and one letter without brackets; None for other words."""
    from symnet.definitions.activation import activations

    function, letter = name[:-1], name[-1]
    is_function = function.lower() in grammar.FUNCTIONS or (len(function) > 2 and function in activations)
    return f"{function}({letter})" if is_function and letter.isalpha() else None


def tree(text: str, leaves: Mapping[str, Node]) -> Node:
    """The tree of `text`; `leaves` says what its free names stand for."""
    reader = _Reader(text, leaves)
    try:
        node = reader.read()
    except RecursionError:
        raise UnsupportedExpressionError(f"operations are nested more than {limits.DEPTH} deep") from None
    _check_size(node)
    return node


def _check_size(node: Node) -> None:
    count = sum(1 for _ in walk(node))
    if count > limits.NODES:
        raise UnsupportedExpressionError(
            f"the expression has {count} operations, numbers and names; at most {limits.NODES} are read"
        )
    if depth(node) > limits.DEPTH:
        raise UnsupportedExpressionError(f"operations are nested more than {limits.DEPTH} deep")
    if limits.nested_exponentials(node) > limits.EXPONENTIALS:
        raise UnsupportedExpressionError(f"exponentials are nested more than {limits.EXPONENTIALS} deep")


class _Reader:
    """One pass over one text."""

    def __init__(self, text: str, leaves: Mapping[str, Node]) -> None:
        self.text = text
        self.leaves = leaves
        self.tokens = tokens(text)
        spelled = [self._placeholder(i, token) for i, token in enumerate(self.tokens)]
        self.source = " ".join(spelled)
        self.starts: dict[int, Token] = {}
        column = 0
        for token, word in zip(self.tokens, spelled, strict=True):
            self.starts[column] = token
            column += len(word) + 1

    def _placeholder(self, index: int, token: Token) -> str:
        if token.kind in ("number", "name"):
            return f"_{index}"
        return "**" if token.text == "^" else token.text

    def read(self) -> Node:
        try:
            parsed = ast.parse(self.source, mode="eval")
        except SyntaxError as error:
            token = self.starts.get((error.offset or 1) - 1)
            seen = f" near '{token.text}'" if token else ""
            way_out = (
                "; '=' stands only before a parameter's value, '==' compares"
                if "=" in [t.text for t in self.tokens]
                else ""
            )
            raise refusal(f"this is no expression{seen}{way_out}", self.text, token.start if token else None) from None
        except (MemoryError, ValueError):
            raise UnsupportedExpressionError("the expression is nested too deep") from None
        return self.value(parsed.body)

    def token(self, node: Any) -> Token:
        """The first token of an `ast` node."""
        return self.starts.get(node.col_offset) or self.tokens[0]

    def refuse(self, message: str, node: Any) -> NoReturn:
        raise refusal(message, self.text, self.token(node).start) from None

    def build(self, make: Callable[[], Any], node: Any) -> Any:
        """What `make` gives; its complaint gets the place of `node`."""
        try:
            return make()
        except UnsupportedExpressionError as error:
            if "\n" in str(error):
                raise
            self.refuse(str(error), node)
        except DefinitionError as error:
            self.refuse(str(error), node)

    def value(self, node: ast.expr) -> Node:
        """A number-valued node."""
        if isinstance(node, ast.Name):
            return self.leaf(node)
        if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
            return self.binary(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            operand = self.value(node.operand)
            return folding.negate(operand) if isinstance(node.op, ast.USub) else operand
        if isinstance(node, ast.Call):
            return self.call(node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
            self.refuse("each comparison beside & or | needs its own brackets: (x > 0) & (x < 1)", node)
        if isinstance(node, ast.Compare | ast.BoolOp | ast.UnaryOp):
            self.refuse("a condition is not a number; write where(condition, 1, 0)", node)
        if isinstance(node, ast.Tuple):
            self.refuse("a comma stands only between the arguments of a function", node)
        self.refuse("this is not part of the grammar", node)

    def binary(self, node: ast.BinOp) -> Node:
        """A chain of left-nested operations, unrolled so that a long sum needs no deep recursion."""
        chain = [node]
        while isinstance(chain[-1].left, ast.BinOp) and type(chain[-1].left.op) in _BINARY:
            chain.append(chain[-1].left)
        result = self.value(chain[-1].left)
        for step in reversed(chain):
            right, make = self.value(step.right), _BINARY[type(step.op)]
            result = self.build(lambda left=result, right=right, make=make: make(left, right), step.right)
        return result

    def leaf(self, node: ast.Name) -> Node:
        token = self.token(node)
        if token.kind == "number":
            return self.number(token)
        name = token.text
        if name in self.leaves:
            return self.leaves[name]
        if name in grammar.CONSTANTS:
            return Constant(name)
        if name in grammar.TRUTHS:
            self.refuse(f"{name} is a condition, not a number", node)
        from symnet.definitions.activation import activations

        if grammar.known(name) or name in activations:
            self.refuse(f"'{name}' is a function; write {name}(x)", node)
        raise self.unknown_name(token)

    def unknown_name(self, token: Token) -> UnsupportedExpressionError:
        """A name that is neither the variable nor a parameter."""
        name = token.text
        if name in grammar.NO_NUMBERS:
            return refusal(f"'{name}' is not a real number", self.text, token.start)
        close = get_close_matches(name, [*self.leaves, *grammar.CONSTANTS, *grammar.words()], n=1, cutoff=0.7)
        guess = f"did you mean '{close[0]}'? Otherwise give" if close else "give"
        instead = grammar.ELSEWHERE.get(name) or run_together(name)
        if instead:
            guess = f"write {instead}, or give"
        way_out = f'{guess} it a value with --set {name}=1 or an assumption with --assume "{name}>0"'
        return refusal(f"unknown name '{name}'; {way_out}", self.text, token.start)

    def number(self, token: Token) -> Number:
        mantissa, _, exponent = token.text.lower().partition("e")
        if len(token.text) > limits.DIGITS or abs(int(exponent or 0)) > limits.DIGITS:
            shown = token.text if len(token.text) <= 20 else f"{token.text[:17]}..."
            raise refusal(
                f"the number {shown} is too long; at most {limits.DIGITS} digits and exponents are read",
                self.text,
                token.start,
            )
        return Number(Fraction(mantissa) * Fraction(10) ** int(exponent or 0))

    def condition(self, node: ast.expr) -> Condition:
        """A node that is true or false."""
        if isinstance(node, ast.Compare):
            operands = [node.left, *node.comparators]
            sides = [self.value(operand) for operand in operands]
            parts = [Compare(_COMPARE[type(op)], a, b) for op, a, b in zip(node.ops, sides, sides[1:], strict=False)]
            return parts[0] if len(parts) == 1 else Logic("and", tuple(parts))
        if isinstance(node, ast.BoolOp):
            operator = "and" if isinstance(node.op, ast.And) else "or"
            return self.joined(operator, [self.condition(part) for part in node.values])
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
            operator = "and" if isinstance(node.op, ast.BitAnd) else "or"
            return self.joined(operator, [self.condition(node.left), self.condition(node.right)])
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
            return Logic("not", (self.condition(node.operand),))
        if isinstance(node, ast.Name) and self.token(node).text in grammar.TRUTHS:
            return Logic(grammar.TRUTHS[self.token(node).text])
        if isinstance(node, ast.Call) and self.token(node).text in grammar.CONDITIONS:
            left, right = self.exactly(node, 2, f"{self.token(node).text}(a, b)")
            return Compare(grammar.CONDITIONS[self.token(node).text], self.value(left), self.value(right))
        self.refuse("a condition such as x > 0 belongs here; with & and | each comparison needs brackets", node)

    def joined(self, operator: str, parts: list[Condition]) -> Condition:
        """``and`` or ``or`` of many, a leading one of the same kind taken in."""
        first, rest = parts[0], parts[1:]
        leading = first.arguments if isinstance(first, Logic) and first.operator == operator else (first,)
        return Logic(operator, (*leading, *rest))

    def exactly(self, node: ast.Call, count: int, pattern: str) -> list[ast.expr]:
        if node.keywords or len(node.args) != count:
            self.refuse(f"{self.token(node).text} takes {count} argument{'s' * (count != 1)}; write {pattern}", node)
        return node.args

    def call(self, node: ast.Call) -> Node:
        token = self.token(node)
        name = token.text
        if not isinstance(node.func, ast.Name) or token.kind != "name":
            seen = f"{token.text}*(…)" if token.kind == "number" else "(…)*(…)"
            self.refuse(f"an operator is missing before this bracket; write {seen}", node)
        if name in self.leaves or name in grammar.CONSTANTS:
            self.refuse(f"'{name}' is not a function; write {name}*(…)", node)
        if name == "where":
            condition, yes, no = self.exactly(node, 3, "where(condition, a, b)")
            return Cases(((self.value(yes), self.condition(condition)), (self.value(no), Logic("true"))))
        if name == "Piecewise":
            return self.piecewise(node)
        if name in grammar.CONDITIONS:
            self.refuse("a condition is not a number; write where(condition, 1, 0)", node)
        head = grammar.FUNCTIONS.get(name.lower())
        if head is None:
            return self.catalogue(node, name)
        if head in grammar.SEVERAL:
            if node.keywords or not node.args:
                self.refuse(f"{name} takes numbers; write {name}(a, b)", node)
            return Apply(head, tuple(self.value(argument) for argument in node.args))
        arguments = tuple(self.value(argument) for argument in self.exactly(node, 1, f"{name}(x)"))
        return self.build(lambda: folding.apply(head, arguments), node)

    def piecewise(self, node: ast.Call) -> Node:
        if node.keywords or not node.args:
            self.refuse("write Piecewise((value, condition), (value, True))", node)
        branches = []
        for pair in node.args:
            if not (isinstance(pair, ast.Tuple) and len(pair.elts) == 2):
                self.refuse("each branch of Piecewise is a pair (value, condition)", pair)
            branches.append((self.value(pair.elts[0]), self.condition(pair.elts[1])))
        return Cases(tuple(branches))

    def catalogue(self, node: ast.Call, name: str) -> Node:
        parameters = self.build(lambda: catalogue_function(name), node).parameters
        if not node.args:
            self.refuse(f"write {name}(x)", node)
        if len(node.args) > 1:
            named = ", ".join(f"{p.name}={p.default}" for p in parameters)
            way_out = f", its parameters by name; write {name}(x, {named})" if named else f"; write {name}(x)"
            self.refuse(f"{name} takes one argument{way_out}", node)
        argument = self.value(node.args[0])
        values: dict[str, Node] = {}
        for keyword in node.keywords:
            key = self.keyword_name(keyword)
            if key in values:
                self.refuse(f"the parameter '{key}' is given twice", keyword.value)
            values[key] = self.value(keyword.value)
        return self.build(lambda: catalogue_call(name, argument, values), node)

    def keyword_name(self, keyword: ast.keyword) -> str:
        return self.tokens[int((keyword.arg or "_0")[1:])].text
