"""The `Activation` record, the `@activation` decorator that declares one, and the registry of all.

A declaration is a Python function whose body is the exact formula and whose signature names the
parameters, what is assumed of them, and their defaults::

    @activation(sources=["clevert2015"], torch="ELU", keras="elu", jax="elu")
    def elu(x, alpha: Positive = 1):
        \"\"\"Be the identity on the right and a saturating exponential on the left.\"\"\"
        return Piecewise((alpha * (exp(x) - 1), x < 0), (x, True))

The decorator reads only the signature and the docstring; the SymPy expression is built on first
use, so that the catalogue can be listed without importing SymPy. Everything else (derivative,
facts, code, plots, sheets) is derived from the record elsewhere.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from symnet.definitions.registry import Registry
from symnet.errors import DefinitionError

if TYPE_CHECKING:
    from sympy import Expr, Symbol


@dataclass(frozen=True)
class Parameter:
    """A number that shapes an activation, such as ELU's alpha."""

    name: str
    default: str
    """The exact default, spelled in the input grammar: ``"1"``, ``"1/10"``, ``"0.1"``."""
    assumption: str = "real"
    """What is assumed of the symbol: ``"real"``, ``"positive"`` or ``"nonnegative"``."""

    @cached_property
    def symbol(self) -> Symbol:
        """The SymPy symbol, with its assumption."""
        from sympy import Symbol

        return (
            Symbol(self.name, real=True) if self.assumption == "real" else Symbol(self.name, **{self.assumption: True})
        )

    def read(self, value: object) -> Expr:
        """`value` as an exact number that satisfies the assumption, else `DefinitionError`.

        Accepts ints, fractions, SymPy numbers, strings (``"0.3"``, ``"3/10"``) and floats, which
        are read by their shortest decimal spelling (0.3 is 3/10).
        """
        number = exact_number(value, f"parameter '{self.name}'")
        satisfied = {"real": True, "positive": number > 0, "nonnegative": number >= 0}[self.assumption]
        if not satisfied:
            raise DefinitionError(f"parameter '{self.name}' must be {self.assumption}, got {value}")
        return number


@dataclass(frozen=True)
class Api:
    """What one framework calls the function, its defaults, and the gradient it returns at a kink."""

    name: str
    """The name inside the framework's usual namespace (torch.nn, keras.activations, jax.nn)."""
    arguments: Mapping[str, str] = field(default_factory=dict)
    """symnet's parameter → the framework's keyword, where the two differ; an empty keyword means that the framework
    has no such parameter and keeps it at our default."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """symnet's parameter → the framework's default, where it differs from ours."""
    fixed: Mapping[str, object] = field(default_factory=dict)
    """Keywords of the framework that select this function: ``{"approximate": "tanh"}``."""
    at_kink: str | tuple[str, ...] | None = None
    """The derivative at the breakpoints, left to right: ``"left"``, ``"right"``, ``"mean"`` or an exact
    number; one word for all breakpoints, or a tuple with one for each; None when f has no kink. Only points
    where f is not differentiable count. Keras is meant on its JAX backend."""
    note: str = ""
    """Anything else a user has to know, as words that continue a sentence."""


@dataclass(frozen=True)
class Activation:
    """A scalar function of one real variable, declared exactly once.

    Calling it with an array evaluates it (``relu(x)``); calling it with keywords only fixes
    parameters (``elu(alpha="3/10")`` is another `Activation`).
    """

    name: str
    define: Callable[..., Expr]
    """The declaration's body: (variable, **parameters) → exact expression."""
    parameters: tuple[Parameter, ...] = ()
    summary: str = ""
    """The first line of the docstring: what the function does, as one sentence."""
    description: str = ""
    """The rest of the docstring."""
    family: str = "user"
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Keys into the references of `prose/`."""
    apis: Mapping[str, Api] = field(default_factory=dict)
    """Framework (``torch``, ``keras``, ``jax``) → what it calls this function."""
    title: str = ""
    """The name as people write it: ``"Leaky ReLU"``."""
    values: Mapping[str, Expr] = field(default_factory=dict)
    """The parameters that have been fixed, exactly."""
    typed: Any = None
    """For an expression that a person typed: its `definitions.expression.Typed` tree, which carries the domain as typed."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled by name (or by the typed text) and fixed values: the declaration's body cannot be pickled."""
        if self.typed is None:
            return _restored, (self.name, dict(self.values))
        assumed = {p.name: p.assumption for p in self.typed.parameters}
        return _read_again, (self.name, assumed, dict(self.values))

    def __hash__(self) -> int:
        return hash((self.name, tuple(sorted((key, str(value)) for key, value in self.values.items()))))

    @cached_property
    def variable(self) -> Symbol:
        """The real symbol x."""
        from sympy import Symbol

        return Symbol("x", real=True)

    @cached_property
    def expression(self) -> Expr:
        """The exact formula, with the parameters that are not fixed as symbols."""
        return self._build({p.name: self.values.get(p.name, p.symbol) for p in self.parameters})

    @cached_property
    def default_expression(self) -> Expr:
        """The exact formula with every parameter at its fixed value or its default: only x is free."""
        return self._build(self.parameter_values)

    @cached_property
    def parameter_values(self) -> dict[str, Expr]:
        """Every parameter's fixed value or default, exactly."""
        return {p.name: self.values.get(p.name, p.read(p.default)) for p in self.parameters}

    @cached_property
    def free_parameters(self) -> tuple[Parameter, ...]:
        """The parameters that have not been fixed."""
        return tuple(p for p in self.parameters if p.name not in self.values)

    @cached_property
    def heading(self) -> str:
        """The title, followed by the fixed parameters: ``ELU (alpha = 3/10)``."""
        fixed = ", ".join(f"{key} = {value}" for key, value in self.values.items())
        return f"{self.title} ({fixed})" if fixed else self.title

    def with_symbols(self, assumed: Mapping[str, str]) -> Expr:
        """The exact formula with some parameters as symbols, the others at their fixed values or defaults.

        Of a symbol holds what is assumed here or what the declaration assumes, whichever says more.
        """
        from sympy import Symbol

        strength = ("real", "nonnegative", "positive")
        known = {p.name: p for p in self.parameters}
        values = dict(self.parameter_values)
        for name, word in assumed.items():
            if name not in known:
                has = f"it has {', '.join(known)}" if known else "it has none"
                raise DefinitionError(f"{self.name} has no parameter '{name}'; {has}")
            if name in self.values:
                raise DefinitionError(
                    f"the parameter '{name}' of {self.name} has a value; nothing can be assumed of it"
                )
            values[name] = Symbol(name, **{max(word, known[name].assumption, key=strength.index): True})
        return self._build(values)

    def _build(self, values: Mapping[str, Expr]) -> Expr:
        from sympy import sympify

        return exact(sympify(self.define(self.variable, **values)), self.name)

    def with_parameters(self, **values: object) -> Activation:
        """The same function with some parameters fixed to exact values."""
        known = {p.name: p for p in self.parameters}
        for name in values:
            if name not in known:
                has = f"it has {', '.join(known)}" if known else "it has none"
                raise DefinitionError(f"{self.name} has no parameter '{name}'; {has}")
        fixed = dict(self.values) | {name: known[name].read(value) for name, value in values.items()}
        typed = self.typed.at(values) if self.typed is not None else None
        return replace(self, values=fixed, typed=typed)

    def at_defaults(self) -> Activation:
        """The same function with every free parameter fixed to its default."""
        return self.with_parameters(**self.parameter_values) if self.free_parameters else self

    def __call__(self, x: Any = None, **parameters: Any) -> Any:
        """Evaluate on an array (shape and float dtype are kept), or fix parameters when no array is given.

        Raises `DefinitionError` for an unknown parameter or a value that its assumption excludes.
        """
        chosen = self.with_parameters(**parameters) if parameters else self
        if x is None:
            return chosen
        from symnet.shortcuts import evaluate_activation

        return evaluate_activation(chosen, x)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from symnet.shortcuts import display_activation

        return display_activation(self)


def _restored(name: str, values: Mapping[str, Expr]) -> Activation:
    """What `Activation.__reduce__` stored of a declared function."""
    from symnet.definitions.penalties import penalties

    owner = penalties if name in penalties else activations
    return replace(owner[name], values=dict(values))


def _read_again(text: str, assumed: Mapping[str, str], values: Mapping[str, Expr]) -> Activation:
    """What `Activation.__reduce__` stored of a typed expression, whose name is its canonical text."""
    from symnet.definitions.expression import typed_activation

    return replace(typed_activation(text, assumed), values=dict(values))


def exact_number(value: object, what: str) -> Expr:
    """`value` as an exact real SymPy number; a float is read by its shortest decimal spelling."""
    from fractions import Fraction

    from sympy import Expr, Rational

    if isinstance(value, Expr):
        number = exact(value, what)
        if number.is_number and number.is_real and number.is_finite:
            return number
    elif not isinstance(value, bool):
        try:
            spelled = (
                value.strip().replace(" ", "")
                if isinstance(value, str)
                else repr(float(value))
                if isinstance(value, float)
                else value
            )
            if isinstance(spelled, str) and len(spelled) > 400:
                raise ValueError
            fraction = Fraction(spelled) if not (isinstance(spelled, str) and _huge_exponent(spelled)) else None
            if fraction is not None:
                return Rational(fraction.numerator, fraction.denominator)
        except (ValueError, TypeError, ZeroDivisionError, OverflowError):
            pass
    raise DefinitionError(f"{what} must be an exact number such as 0.3 or 3/10, got {str(value)[:60]!r}")


def _huge_exponent(text: str) -> bool:
    _, _, exponent = text.lower().partition("e")
    return len(exponent.lstrip("+-0")) > 4


def exact(expression: Expr, what: str) -> Expr:
    """`expression` with every float replaced by the rational that its shortest spelling names."""
    from sympy import Float, Rational

    floats = expression.atoms(Float)
    if not floats:
        return expression
    if any(not f.is_finite for f in floats):
        raise DefinitionError(f"{what} contains a number that is not finite")
    return expression.xreplace({f: Rational(repr(float(f))) for f in floats})


def declared_parameter(name: str, parameter: inspect.Parameter, hint: Any) -> Parameter:
    """The parameter that an argument of a declaration states: its name, what is assumed of it, its default."""
    assumption = next((word for word in get_args(hint)[1:] if isinstance(word, str)), "real")
    if parameter.default is inspect.Parameter.empty:
        raise DefinitionError(f"parameter '{name}' needs a default")
    default = parameter.default
    return Parameter(name, repr(default) if isinstance(default, float) else str(default), assumption)


def _load_catalogue() -> None:
    import symnet.definitions.activations  # noqa: F401


activations: Registry[Activation] = Registry("activation", _load_catalogue)


def activation(
    *,
    sources: Sequence[str] = (),
    aliases: Sequence[str] = (),
    title: str = "",
    family: str = "",
    torch: str | Api | None = None,
    keras: str | Api | None = None,
    jax: str | Api | None = None,
    registry: Registry[Activation] | None = None,
) -> Callable[[Callable[..., Any]], Activation]:
    """Declare an activation; the decorated function becomes an `Activation` and enters the registry."""

    def declare(function: Callable[..., Any]) -> Activation:
        names = list(inspect.signature(function).parameters.items())
        if not names:
            raise DefinitionError(f"'{function.__name__}' must take the variable x as its first argument")
        hints = get_type_hints(function, include_extras=True)
        summary, _, description = inspect.cleandoc(function.__doc__ or "").partition("\n\n")
        apis = {
            key: Api(api) if isinstance(api, str) else api
            for key, api in (("torch", torch), ("keras", keras), ("jax", jax))
            if api
        }
        record = Activation(
            name=function.__name__,
            define=function,
            parameters=tuple(declared_parameter(name, parameter, hints.get(name)) for name, parameter in names[1:]),
            summary=" ".join(summary.split()),
            description=description.strip(),
            family=family or function.__module__.rpartition(".")[2],
            aliases=tuple(aliases),
            sources=tuple(sources),
            apis=apis,
            title=title or function.__name__.replace("_", " "),
        )
        return (activations if registry is None else registry).add(record)

    return declare
