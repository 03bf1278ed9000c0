"""What each framework calls the function, with which defaults."""

from __future__ import annotations

from typing import Any

from symnet.analysis import analyse
from symnet.definitions.activation import Activation, activations
from symnet.explain.activation.kinks import FRAMEWORKS
from symnet.explain.frame import Frame, paragraphs
from symnet.explain.function import Function
from symnet.prose import load
from symnet.sheet import DataTable, Paragraph, Section, Text

NAMESPACES = {"torch": "torch.nn", "keras": "keras.activations", "jax": "jax.nn"}


def frameworks(function: Function) -> Section | None:
    """The table of names and defaults."""
    frame = Frame("activation", "frameworks", function.voice)
    activation = function.activation
    versions = load("frameworks")["versions"]
    if not activation.apis:
        known = [frame.paragraph("known_as", title=twin.title, name=twin.name) for twin in _twins(function)]
        return frame.section(known or [frame.paragraph("none_has_it")])
    parameters = activation.parameters
    rows: list[tuple[Any, ...]] = []
    for key, name in FRAMEWORKS.items():
        api = activation.apis.get(key)
        if api is None:
            rows.append((Text(name), frame.text("absent"), Text("")))
            continue
        chosen = ", ".join(f"{keyword}={value!r}" for keyword, value in api.fixed.items())
        call = Text("`{call}`", {"call": qualified(key, api.name) + (f"({chosen})" if chosen else "")})
        defaults = [
            (api.arguments.get(p.name, p.name) or p.name, p.read(api.defaults.get(p.name, p.default)))
            for p in parameters
        ]
        rows.append((Text(name), call, _defaults(defaults, frame)))
    if parameters:
        ours = [(p.name, activation.parameter_values[p.name]) for p in parameters]
        rows.append((Text("symnet"), Text("`{call}`", {"call": f"symnet.{activation.name}"}), _defaults(ours, frame)))
    blocks: list[Any] = [DataTable(frame.texts("header"), tuple(rows))]
    spread = {p.read(api.defaults.get(p.name, p.default)) for p in parameters for api in activation.apis.values()}
    if len(parameters) == 1 and len(spread | {p.read(p.default) for p in parameters}) > 1:
        blocks.append(frame.paragraph("differ"))
    blocks += [
        Paragraph(frame.text("noted", framework=FRAMEWORKS[key], note=api.note))
        for key, api in activation.apis.items()
        if api.note
    ]
    blocks += paragraphs(function.voice, function.prose.get("elsewhere", []))
    blocks.append(Paragraph(frame.text("checked", **versions)))
    return frame.section(blocks)


def _twins(function: Function) -> list[Activation]:
    """The catalogue's functions that a typed one is proved to equal."""
    if not function.typed:
        return []
    found = analyse(function.activation.at_defaults(), extras=True).facts["relations"]
    if found.verdict != "proved" or not found.value:
        return []
    x = function.x.name
    return [
        activations[name]
        for relation in found.value
        if relation["left"] in (f"f({x})", "f") and (name := relation["right"].removesuffix(f"({x})")) in activations
    ]


def qualified(framework: str, name: str) -> str:
    """The whole dotted name: ``torch.nn.ReLU``."""
    return (
        name
        if "." in name and name.split(".")[0] in ("torch", "keras", "jax", "tf")
        else f"{NAMESPACES[framework]}.{name}"
    )


def _defaults(values: list[tuple[str, Any]], frame: Frame) -> Text:
    if not values:
        return frame.text("none")
    words = ", ".join(f"`{{k{i}}}` = {{v{i}}}" for i, _ in enumerate(values))
    return Text(
        words,
        {f"k{i}": key for i, (key, _) in enumerate(values)} | {f"v{i}": value for i, (_, value) in enumerate(values)},
    )
