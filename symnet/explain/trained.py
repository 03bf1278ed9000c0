"""The sheet of a trained network's own file: what it looks like, what it learned, how it decides, where it errs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy
from sympy import Integer, Rational, Symbol

from symnet.errors import SymnetError, UsageError
from symnet.explain.architecture import counts, diagram, equations, shape
from symnet.explain.essay import essay, plain_voice
from symnet.explain.frame import Frame
from symnet.explain.notation import Applied, Decimal, Products
from symnet.explain.voice import Voice
from symnet.interchange.files import is_trained, load
from symnet.interchange.safetensors import load_trained
from symnet.learning.evaluation import Evaluation, evaluate_trained, first_layer_weights, trace
from symnet.learning.trained import Trained
from symnet.sheet import Curve, CurveSeries, DataTable, Equation, Pictures, Sheet, Text

DIGITS = 4
NEURONS = 16
"""At most so many first-layer neurons are shown as pictures."""
MISTAKES = 8
UNDECIDED = 0.7
"""The neuron shown in detail is the one whose output is closest to this: neither silent nor at its limit."""
STRONGEST = 3
"""So many of the largest contributions to one weighted sum are spelled out."""


def explain_file(
    path: Path, reading: Text | None = None, activation: str | None = None, output: str | None = None
) -> Sheet:
    """The sheet of a network's file; of one that symnet did not train, the activations may have to be named."""
    if not is_trained(path):
        from symnet.explain.model import explain_model

        return explain_model(load(path, activation, output), path.stem, reading)
    if activation is not None or output is not None:
        raise UsageError(f"'{path}' says its activations itself; name none")
    return explain_trained(load_trained(path), path.stem, reading)


def explain_trained(trained: Trained, subject: str = "trained", reading: Text | None = None) -> Sheet:
    """The sheet of what `symnet train` found."""
    network = trained.network
    training = trained.training
    voice = plain_voice({
        "shape": shape(network), "count": f"{network.count:,}", "loss": trained.loss.replace("_", " "), "data": str(trained.data.get("name", "")),
        "note": str(trained.data.get("note") or ""), "epochs": str(training.get("epochs", "")), "rate": _number(training.get("rate")),
        "chosen": str(training.get("rate_chosen_by", "")), "batch": str(training.get("batch", "")), "seed": trained.seed,
        "train_n": f"{training.get('training_samples', 0):,}", "test_n": f"{training.get('test_samples', 0):,}",
        "train_accuracy": _percent(training.get("training_accuracy")), "test_accuracy": _percent(training.get("test_accuracy")),
        "divide": _number(trained.preprocessing.divide_by), "first_loss": _number(trained.history[0]["loss"]) if trained.history else "",
        "last_loss": _number(trained.history[-1]["loss"]) if trained.history else "", "hidden": network.sizes[1] if len(network.sizes) > 2 else network.sizes[-1],
    }, {"tested": Integer(int(training.get("test_samples") or 1))})  # fmt: skip
    blocks: dict[str, list[Any]] = {
        "diagram": [diagram(network, voice)],
        "counts": [counts(network, voice)],
        "equations": [equations(network.equations, voice)],
    }
    if trained.history:
        blocks["history"] = history(trained, voice)
    if len(trained.preprocessing.sample_shape) == 2:
        blocks["weights"] = [weights(trained, voice)]
    evaluation = _evaluation(trained)
    if evaluation is not None:
        words, found = one_sample(trained, evaluation, voice)
        voice = voice.with_words(**words, wrong=str(len(evaluation.mistakes())), measured=_percent(evaluation.accuracy))
        blocks |= found | {"confusion": [confusion(trained, evaluation, voice)]}
        if evaluation.mistakes():
            blocks["mistakes"] = [mistakes(trained, evaluation, voice)]
    return essay(
        "trained",
        blocks,
        voice,
        subject=subject,
        title=Text("A trained network: {name}", {"name": subject}),
        reading=reading,
    )


def _evaluation(trained: Trained) -> Evaluation | None:
    """The test part, where the data are at hand."""
    try:
        return evaluate_trained(trained)
    except SymnetError:
        return None


def _number(value: Any, digits: int = DIGITS) -> Any:
    return "" if value is None else Decimal(Rational(float(value)), digits)


def _percent(value: Any) -> Text:
    return Text("{v} %", {"v": Decimal(Rational(float(value)) * 100, 4)}) if value is not None else Text("")


def history(trained: Trained, voice: Voice) -> list[Any]:
    """Loss and accuracy, epoch by epoch."""
    frame = Frame("trained", "history", voice)
    epochs = [float(entry["epoch"]) for entry in trained.history]
    losses = [round(float(entry["loss"]), 6) for entry in trained.history]
    shares = [round(float(entry["accuracy"]), 6) for entry in trained.history]
    top = max(1.0, *losses)
    series = (
        CurveSeries(frame.text("loss"), (tuple(zip(epochs, losses, strict=True)),), "data"),
        CurveSeries(frame.text("accuracy"), (tuple(zip(epochs, shares, strict=True)),), "other"),
    )
    chosen = [
        entry for k, entry in enumerate(trained.history) if k in (0, 1, 2, 4, 9, 19) or k == len(trained.history) - 1
    ]
    rows = tuple((str(int(e["epoch"])), _number(e["loss"]), _number(e["accuracy"])) for e in chosen)
    return [
        Curve(series, (min(0.0, epochs[0]), max(epochs[-1], 1.0)), (0.0, round(1.05 * top, 3)), "epoch", "", title=frame.text("title"), description=frame.text("describe", first=_number(losses[0]), last=_number(losses[-1]))),
        DataTable(frame.texts("header"), rows, alignment="rrr"),
    ]  # fmt: skip


def weights(trained: Trained, voice: Voice) -> Pictures:
    """The first layer's weights as signed pictures."""
    frame = Frame("trained", "weights", voice)
    found = first_layer_weights(trained)[:NEURONS]
    images = tuple(tuple(tuple(round(float(v), 4) for v in row) for row in image) for image in found)
    captions = tuple(frame.text("caption", k=k) for k in range(1, len(images) + 1))
    return Pictures(images, captions, True, frame.text("title"), frame.text("describe", count=len(images)))


def picture(sample: numpy.ndarray) -> tuple[tuple[float, ...], ...]:
    """A sample as rows of grey."""
    return tuple(tuple(float(v) for v in row) for row in sample)


def one_sample(trained: Trained, evaluation: Evaluation, voice: Voice) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """One test sample on its way through the network: one neuron in detail, then every layer."""
    frame = Frame("trained", "sample", voice)
    network, labels = trained.network, trained.labels
    right = numpy.flatnonzero(evaluation.guesses == evaluation.parts.y_test)
    index = int(right[0]) if len(right) else 0
    x = evaluation.parts.x_test[index]
    layers = trace(network, x)
    truth, guess = int(evaluation.parts.y_test[index]), int(evaluation.guesses[index])
    first = network.layer_parameters[0]
    weight = network.parameters[first[0].name]
    bias = network.parameters[first[1].name] if len(first) > 1 else numpy.zeros(len(weight))
    neuron = int(numpy.argmin(abs(layers[0].outputs - UNDECIDED)))
    products = weight[neuron] * x
    order = numpy.argsort(-abs(products), kind="stable")[:STRONGEST]
    rest = products.sum() - products[order].sum() + bias[neuron]
    pairs = [(_number(weight[neuron][j]), _number(x[j])) for j in order]
    z = Symbol(f"z_1_{neuron + 1}")
    rows: list[tuple[Any, ...]] = []
    for step in layers:
        if step.weighted_sums is not None and len(step.outputs) <= NEURONS:
            rows.append((frame.text("sums", k=step.layer), _row(step.weighted_sums)))
        if len(step.outputs) <= NEURONS and step.kind != "Softmax":
            rows.append((frame.text("outputs", k=step.layer), _row(step.outputs)))
    answers = tuple(
        (Text("{l}", {"l": label}), _number(value)) for label, value in zip(labels, layers[-1].outputs, strict=True)
    )
    name = getattr(network.layers[0], "activation", None)
    sign = {"sigmoid": "sigma"}.get(name.name, name.title.replace(" ", "")) if name is not None else "f"
    sums = layers[0].outputs if layers[0].weighted_sums is None else layers[0].weighted_sums
    blocks: dict[str, list[Any]] = {
        "neuron": [
            Equation((z, Products(pairs, _number(rest)), _number(sums[neuron])), "≈"),
            Equation(
                (
                    Symbol(f"a_1_{neuron + 1}"),
                    Applied(sign, 0, _number(sums[neuron])),
                    _number(layers[0].outputs[neuron]),
                ),
                "≈",
            ),
        ],
        "trace": [DataTable(frame.texts("header"), tuple(rows))],
        "answers": [DataTable(frame.texts("answer_header"), answers, alignment="lr")],
    }
    if evaluation.parts.raw_test[index].ndim == 2:
        blocks["sample"] = [
            Pictures(
                (picture(evaluation.parts.raw_test[index]),),
                (frame.text("caption", truth=labels[truth]),),
                title=frame.text("title"),
            )
        ]
    else:
        blocks["sample"] = []
    words = {
        "truth": labels[truth],
        "guess": labels[guess],
        "sure": _number(layers[-1].outputs[guess]),
        "neuron": neuron + 1,
        "strongest": STRONGEST,
    }
    return words, blocks


def _row(values: numpy.ndarray) -> Text:
    shown = [_number(v, 3) for v in values]
    return Text(", ".join(f"{{v{k}}}" for k in range(len(shown))), {f"v{k}": v for k, v in enumerate(shown)})


def confusion(trained: Trained, evaluation: Evaluation, voice: Voice) -> DataTable:
    """How often each class was read as each other."""
    frame = Frame("trained", "confusion", voice)
    labels = trained.labels
    header = (frame.text("corner"), *(Text("{l}", {"l": label}) for label in labels))
    rows = tuple(
        (Text("**{l}**", {"l": label}), *(str(n) if n else "·" for n in counted))
        for label, counted in zip(labels, evaluation.confusion.tolist(), strict=True)
    )
    return DataTable(header, rows, frame.text("caption"), "l" + "r" * len(labels))


def mistakes(trained: Trained, evaluation: Evaluation, voice: Voice) -> Any:
    """The wrong answers of which it was surest."""
    frame = Frame("trained", "mistakes", voice)
    found = evaluation.mistakes(MISTAKES)
    captions = tuple(
        frame.text(
            "caption", truth=trained.labels[m.truth], guess=trained.labels[m.guess], sure=_number(m.confidence, 6)
        )
        for m in found
    )
    if found[0].sample.ndim != 2:
        return DataTable(frame.texts("header"), tuple((caption,) for caption in captions))
    return Pictures(
        tuple(picture(m.sample) for m in found),
        captions,
        title=frame.text("title"),
        description=frame.text("describe", count=len(found)),
    )
