"""A sheet made by hand that holds every block, for the tests of every format."""

from sympy import (
    Derivative,
    Function,
    Integer,
    Matrix,
    MatrixSymbol,
    Max,
    Piecewise,
    Rational,
    S,
    Symbol,
    exp,
    oo,
    sqrt,
)

from symnet.sheet import (
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
    Question,
    Section,
    Sheet,
    StepRow,
    Steps,
    Text,
)
from symnet.sheet.sheet import Reference

x = Symbol("x", real=True)
alpha = Symbol("alpha", positive=True)
f, sigma = Function("f"), Function("sigma")
HOSTILE = "a_b*c|d<e>&$f$ `g` [h] {i} \\j %k #l ~m ^n ]]> --> \"q\" 'r'"


def curve() -> Curve:
    """ReLU and its derivative, with the kink and the jump marked."""
    return Curve(
        series=(
            CurveSeries(Equation((f(x), Max(0, x))), (((-4.0, 0.0), (0.0, 0.0), (4.0, 4.0)),)),
            CurveSeries(Derivative(f(x), x), (((-4.0, 0.0), (0.0, 0.0)), ((0.0, 1.0), (4.0, 1.0))), "derivative"),
        ),
        x_range=(-4.0, 4.0),
        y_range=(-1.0, 4.0),
        marks=(
            CurveMark(0.0, 0.0, Text("kink at {x}", {"x": Equation((x, S.Zero))}), "kink"),
            CurveMark(0.0, 1.0, Text("the slope jumps here"), "open"),
        ),
        title=Text("Graph of {f} and its derivative", {"f": f(x)}),
        description=Text(
            "ReLU is zero up to the origin and then rises with slope one; its derivative jumps from zero to one."
        ),
    )


def diagram() -> Diagram:
    """3Blue1Brown's network, columns elided."""
    return Diagram(
        (784, 16, 16, 10),
        (Text("input"), Text("hidden 1"), Text("hidden 2"), Text("output")),
        description=Text("784 pixels lead to ten digits."),
    )


def small_diagram() -> Diagram:
    """A 2-2-1 network with names and signed weights."""
    return Diagram(
        (2, 2, 1), (Text("input"), Text("hidden"), Text("output")), (("x₁", "x₂"), ("h₁", "h₂"), ("y",)),
        weights=(((1.0, 1.0), (1.0, 1.0)), ((1.0, -2.0),)), title=Text("XOR by two hidden units"),
    )  # fmt: skip


def pictures() -> Pictures:
    """Two signed 8 × 8 pictures."""
    wave = tuple(tuple(((r - 3.5) * (c - 3.5)) / 12.25 for c in range(8)) for r in range(8))
    ramp = tuple(tuple((c - 3.5) / 3.5 for c in range(8)) for _ in range(8))
    return Pictures(
        (wave, ramp),
        (Text("neuron 1"), Text("neuron 2")),
        signed=True,
        title=Text("First-layer weights"),
        description=Text("Weights of two neurons."),
    )


def sheet() -> Sheet:
    """The ReLU sheet by hand, with every block, hostile strings included."""
    elu = Piecewise((alpha * (exp(x) - 1), x < 0), (x, True))
    logistic = 1 / (1 + exp(-x))
    W, b, v = MatrixSymbol("W", 2, 3), MatrixSymbol("b", 2, 1), MatrixSymbol("x", 3, 1)
    return Sheet(
        subject="demo",
        title=Text("ReLU: the *rectified* linear unit"),
        tags={"Difficulty": "Easy 🍌", "Select": "main"},
        reading=Text("read as the catalogue name `relu`"),
        lead=(Paragraph(Text("A neuron that passes what is **positive** and cuts what is *negative*: {f}.", {"f": Equation((f(x), Max(0, x)))})),),
        sections=(
            Section("definition", Text("Definition"), Text("What does ReLU do to {x}?", {"x": x}), (
                Equation((f(x), Max(0, x)), label=Text("definition")),
                Equation((Function("ELU")(x), elu), label=Text("its cousin ELU")),
                Equation((sigma(x), logistic, exp(x) / (1 + exp(x))), multiline=True, label=Text("the logistic function")),
                Equation((MatrixSymbol("z", 2, 1), W * v + b), label=Text("a layer")),
                Equation((Matrix([[1, 2], [Rational(1, 3), -4]]) * Matrix([1, 1]),)),
                Heading(Text("A heading inside")),
                Paragraph(Text("Hostile text: {s}. Long prose wraps at the width of the page, in every format, and a formula such as {e} stays whole where it can.", {"s": HOSTILE, "e": elu})),
                ItemList((Text("first, with `code_1 | x`"), Text("second: {m}", {"m": sqrt(2) / 2})), ordered=True),
                ItemList((Text("a bullet"), Text("another bullet that is long enough to be wrapped on a narrow terminal, which shows how the lines hang"))),
            )),
            Section("graph", Text("Graph"), Text("How does it look?"), (curve(), diagram(), small_diagram(), pictures())),
            Section("derivative", Text("Derivative"), Text("How steep is it?"), (
                Steps((
                    StepRow(Text("product rule"), Derivative(x * sigma(x), x), sigma(x) + x * Derivative(sigma(x), x), 0, "symbolic; 4 points"),
                    StepRow(Text("derivative of {s}", {"s": sigma(x)}), Derivative(sigma(x), x), sigma(x) * (1 - sigma(x)), 1, "4 points"),
                ), Equation((Derivative(f(x), x), sigma(x) + x * sigma(x) * (1 - sigma(x))))),
                DataTable((Text("{x}", {"x": x}), Text("{f}", {"f": f(x)}), Text("note")), ((Integer(-2), Integer(0), "off | cut"), (Rational(1, 3), Rational(1, 3), Text("passes *unchanged*")), (oo, oo, ""))
                          , Text("Values"), "rrl"),
            )),
            Section("properties", Text("Properties"), Text("What is true of it?"), (
                FactTable((
                    FactRow(Text("range"), Text("{r}", {"r": S.Reals.intersect(S.Naturals0) if False else (x >= 0)}), Text("a maximum with 0 is never negative"), "proved"),
                    FactRow(Text("mean under {n}", {"n": "N(0, 1)"}), Text("{m}", {"m": 1 / sqrt(2)}), Text("by quadrature"), "measured"),
                    FactRow(Text("torch's name"), Text("`torch.nn.ReLU`"), Text("its documentation"), "declared"),
                    FactRow(Text("anything else"), Text("–"), Text("nobody knows"), "not decided"),
                )),
                Note("misconception", Text("“ReLU is linear.”"), (Paragraph(Text("It is not: {a}.", {"a": Equation((f(-1) + f(1), f(0)), "≠")})), Equation((f(-1) + f(1), Integer(1))))),
                Note("tip", Text("Remember"), (ItemList((Text("pass or cut"),)),)),
            )),
            Section("quiz", Text("Check yourself"), Text("Can you answer?"), (
                Question(Text("What is {f}?", {"f": f(-3)}), (Paragraph(Text("It is {v}.", {"v": 0})), Equation((f(-3), Integer(0)))), "compute"),
                Code("python", "import numpy as np\n\nx = np.array([-2.0, 0.5])\nprint(np.maximum(0, x))  # f_1 | x < y & z", "[0.  0.5]", Text("In NumPy")),
            )),
        ),
        summary=(Text("ReLU passes positive inputs."), Text("It cuts negative ones: {e}.", {"e": Equation((f(-1), S.Zero))})),
        references=(Reference("nair2010", "V. Nair and G. Hinton (2010). Rectified linear units improve restricted Boltzmann machines. ICML.", "https://www.cs.toronto.edu/~hinton/absps/reluICML.pdf"),),
    )  # fmt: skip
