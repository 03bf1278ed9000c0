"""``symnet list``: everything that can be explained, by family. Reads declarations only; SymPy stays asleep."""

from __future__ import annotations

import click


@click.command()
@click.option("--names", is_flag=True, help="Only the names, one a line.")
def command(names: bool) -> None:
    """List everything that can be explained, by family."""
    for family, rows in families():
        if names:
            for name, _, _ in rows:
                click.echo(name)
            continue
        click.echo(click.style(family, bold=True))
        width = max(len(name) for name, _, _ in rows)
        for name, summary, aliases in rows:
            also = f" (also {', '.join(aliases)})" if aliases else ""
            click.echo(f"  {name.ljust(width)}  {summary}{also}")
        click.echo()
    if not names:
        click.echo("Explain one with: symnet explain NAME. Also explained: shapes such as 784-16-16-10,")
        click.echo('expressions such as "x*tanh(log(1+exp(x)))", and trained networks such as digits.safetensors.')


def families() -> list[tuple[str, list[tuple[str, str, tuple[str, ...]]]]]:
    """Family → (name, summary, aliases) of its members, in the order of their declaration."""
    from symnet.definitions.activation import activations
    from symnet.definitions.loss import losses
    from symnet.definitions.optimiser import optimisers
    from symnet.definitions.vector_activation import vector_activations
    from symnet.explain.subjects import CONCEPTS, NOTES, PAIRS

    found: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for record in activations:
        found.setdefault(f"Activations: {record.family.replace('_', ' ')}", []).append(
            (record.name, record.summary, record.aliases)
        )
    for vector in vector_activations:
        found.setdefault("Activations of vectors", []).append((vector.name, vector.summary, vector.aliases))
    found["Losses"] = [(loss.name, loss.summary, loss.aliases) for loss in losses]
    found["Optimisers"] = [(o.name, o.summary, o.aliases) for o in optimisers]
    found["Concepts"] = [(name, subject.summary, ()) for name, subject in CONCEPTS.items()]
    found["Concepts"] += [("+".join(pair), subject.summary, ()) for pair, subject in PAIRS.items()]
    found["Notes (symnet study NAME)"] = [(name, subject.summary, ()) for name, subject in NOTES.items()]
    return list(found.items())
