"""What the site consists of: one page for each subject, in families. Reads declarations only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symnet.errors import UnknownNameError
from symnet.prose import load

SHAPES = ("784-16-16-10",)
"""Networks of given sizes that have a page."""


@dataclass(frozen=True)
class Entry:
    """One page."""

    slug: str
    """Its file name without suffix."""
    target: str
    """What `symnet explain` takes; of a note, its topic."""
    title: str
    summary: str
    family: str
    kind: str = "explain"
    """``"explain"`` or ``"study"``."""
    aliases: tuple[str, ...] = ()


def entries() -> list[Entry]:
    """Every page, family by family, in the order of the index."""
    from symnet.definitions.activation import activations
    from symnet.definitions.loss import losses
    from symnet.definitions.optimiser import optimisers
    from symnet.definitions.vector_activation import vector_activations
    from symnet.explain.subjects import CONCEPTS, NOTES, PAIRS

    words = load("site")["families"]
    found = [Entry(name, name, s.title, s.summary, words["notes"], "study") for name, s in NOTES.items()]
    found += [Entry(name, name, s.title, s.summary, words["concepts"]) for name, s in CONCEPTS.items()]
    found += [Entry("-".join(pair), "+".join(pair), s.title, s.summary, words["concepts"]) for pair, s in PAIRS.items()]
    found += [
        Entry(
            f"network-{shape}",
            shape,
            words["shape_title"].format(shape=shape),
            words["shape_summary"],
            words["concepts"],
        )
        for shape in SHAPES
    ]
    for record in activations:
        family = words["activations"].format(family=record.family.replace("_", " "))
        found.append(Entry(record.name, record.name, record.title, record.summary, family, aliases=record.aliases))
    found += [
        Entry(f"{v.name}", v.name, v.title, v.summary, words["vectors"], aliases=v.aliases) for v in vector_activations
    ]
    shown = {"_".join(pair) for pair in PAIRS}  # a loss whose sheet is that of a pair has its page already
    found += [
        Entry(x.name, x.name, x.title, x.summary, words["losses"], aliases=x.aliases)
        for x in losses
        if x.name not in shown
    ]
    found += [Entry(o.name, o.name, o.title, o.summary, words["optimisers"], aliases=o.aliases) for o in optimisers]
    return found


def chosen(only: Sequence[str]) -> list[Entry]:
    """The pages of these names; all of them where no name is given. An unknown name raises `UnknownNameError`."""
    every = entries()
    if not only:
        return every
    known = {spelling: e for e in every for spelling in (*e.aliases, e.target, e.slug)}
    for name in only:
        if name not in known:
            raise UnknownNameError.among("page", name, list(known), "Without --only, all are built.")
    wanted = {known[name].slug for name in only}
    return [e for e in every if e.slug in wanted]


def families(pages: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Family → its pages, both in the order of the index."""
    found: dict[str, list[Entry]] = {}
    for page in pages:
        found.setdefault(page.family, []).append(page)
    return found
