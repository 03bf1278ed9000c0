"""ONNX files: outputs to 1e-12 against onnx's reference evaluator in double precision; damaged files are one line."""

from __future__ import annotations

import numpy as np
import pytest
from peers import agrees, slopes_agree

import symnet
from symnet.definitions.layers import Dense, Flatten
from symnet.errors import DataError, SymnetError

pytestmark = pytest.mark.onnx
onnx = pytest.importorskip("onnx", reason="needs onnx")
from onnx import TensorProto, helper, numpy_helper  # noqa: E402
from onnx.reference import ReferenceEvaluator  # noqa: E402

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(7, 5)) * 2
W1, B1, W2, B2 = RANDOM.normal(size=(5, 4)), RANDOM.normal(size=4), RANDOM.normal(size=(3, 4)), RANDOM.normal(size=3)


def model(*nodes, shape=("n", 5), **arrays):
    """Nodes (operator, further inputs, attributes), each fed by the one before."""
    made, name = [], "x"
    for k, (kind, more, options) in enumerate(nodes):
        made.append(helper.make_node(kind, [name, *more], [f"v{k}"], f"{kind}_{k}", **options))
        name = f"v{k}"
    graph = helper.make_graph(
        made, "g", [helper.make_tensor_value_info("x", TensorProto.DOUBLE, shape)],
        [helper.make_tensor_value_info(name, TensorProto.DOUBLE, None)],
        [numpy_helper.from_array(np.asarray(a), n) for n, a in {"W1": W1, "B1": B1, "W2": W2, "B2": B2, **arrays}.items()],
    )  # fmt: skip
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)])


def check(proto, path, x=X, tolerance=1e-12):
    onnx.save(proto, str(path))
    network = symnet.load(path)
    agrees(network, x, ReferenceEvaluator(proto).run(None, {"x": x})[0], tolerance)
    if x.ndim == 2:
        slopes_agree(network, x)
    return network


FIRST, LAST = [("MatMul", ["W1"], {}), ("Add", ["B1"], {})], ("Gemm", ["W2", "B2"], {"transB": 1})
ACTIVATIONS = [
    ("Relu", {}), ("Sigmoid", {}), ("Tanh", {}), ("LeakyRelu", {}), ("LeakyRelu", {"alpha": 0.3}), ("Elu", {"alpha": 0.7}), ("Elu", {}),
    ("Celu", {"alpha": 2.0}), ("Softplus", {}), ("Softsign", {}), ("HardSigmoid", {}),
    ("HardSigmoid", {"alpha": 0.3, "beta": 0.4}), ("Mish", {}), ("Softmax", {"axis": 1}), ("Identity", {}), ("ThresholdedRelu", {"alpha": 0.5}),
    ("Exp", {}), ("Dropout", {}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "options"), ACTIVATIONS, ids=str)
def test_activations(kind, options, tmp_path) -> None:
    network = check(model(*FIRST, (kind, [], options), LAST), tmp_path / "net.onnx")
    assert network.layers[0].inputs == 5 and network.layers[-1].outputs == 3


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("Selu", {}),
        ("HardSigmoid", {"alpha": 1 / 6, "beta": 0.5}),
        ("HardSwish", {}),
        ("Gelu", {}),
        ("Gelu", {"approximate": "tanh"}),
    ],
    ids=str,
)
def test_constants_that_the_standard_rounds_to_single_precision(kind, options, tmp_path) -> None:
    check(model(*FIRST, (kind, [], options), LAST), tmp_path / "net.onnx", tolerance=1e-6)


def test_scalings_are_folded_in(tmp_path) -> None:
    arrays = {"mean": X.mean(0), "std": X.std(0), "g": B1, "v": B1**2}
    nodes = [
        ("Sub", ["mean"], {}),
        ("Div", ["std"], {}),
        *FIRST,
        ("BatchNormalization", ["g", "B1", "B1", "v"], {}),
        ("Relu", [], {}),
        LAST,
    ]
    network = check(model(*nodes, **arrays), tmp_path / "net.onnx")
    assert [type(layer) for layer in network.layers] == [Dense, Dense]
    half = model(
        ("Gemm", ["W1", "B1"], {"alpha": 0.5, "beta": 2.0}),
        ("Clip", ["low", "high"], {}),
        low=np.float64(0),
        high=np.float64(6),
    )
    check(half, tmp_path / "net.onnx")


def test_images(tmp_path) -> None:
    wide = RANDOM.normal(size=(6, 4))
    x = RANDOM.normal(size=(4, 2, 3))
    flat = model(("Flatten", [], {}), ("MatMul", ["wide"], {}), shape=("n", 2, 3), wide=wide)
    assert isinstance(check(flat, tmp_path / "net.onnx", x).layers[0], Flatten)
    shaped = model(("Reshape", ["s"], {}), ("MatMul", ["wide"], {}), shape=("n", 2, 3), wide=wide, s=np.array([-1, 6]))
    check(shaped, tmp_path / "net.onnx", x)


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        ([*FIRST, ("Sin", [], {})], r"node Sin_2 \(Sin\) is not supported"),
        ([*FIRST, ("Add", ["x"], {})], "no chain: node Add_2"),
        ([*FIRST, ("Softmax", [], {"axis": 0})], "along axis 0"),
        ([*FIRST, ("Clip", ["W2"], {})], "Clip|damaged"),
        ([("MatMul", ["W2"], {})], "takes 3 numbers but a sample has the shape"),
        ([("Relu", [], {})], "no layer with weights"),
        ([*FIRST, ("Add", ["none"], {})], "no chain|nothing computes"),
    ],
)
def test_what_is_not_supported_is_named_in_one_line(nodes, words, tmp_path) -> None:
    onnx.save(model(*nodes), str(tmp_path / "net.onnx"))
    with pytest.raises(SymnetError, match=words) as caught:
        symnet.load(tmp_path / "net.onnx")
    assert "\n" not in str(caught.value)


@pytest.mark.torch
@pytest.mark.parametrize(
    "name", ["SiLU", "Mish", "GELU", "LogSigmoid", "Hardtanh", "ReLU6", "PReLU", "Hardswish", "Softplus", "Dropout"]
)
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("opset", [14, 20])
def test_files_of_torch(name, opset, tmp_path) -> None:
    torch = pytest.importorskip("torch", reason="needs PyTorch")
    nn = torch.nn
    module = nn.Sequential(nn.Linear(5, 4), getattr(nn, name)(), nn.Linear(4, 3), getattr(nn, name)()).double().eval()
    if name == "Mish" or opset == 20:
        module = module[:3].eval()
    torch.onnx.export(module, (torch.tensor(X),), str(tmp_path / "net.onnx"), dynamo=False, opset_version=opset)
    network = symnet.load(tmp_path / "net.onnx")
    agrees(network, X, module(torch.tensor(X)).detach().numpy())
    slopes_agree(network, X)
    assert [layer.inputs for layer in network.layers] == [5, 4]


def test_damaged_files_are_one_line(tmp_path) -> None:
    whole = model(*FIRST, ("Elu", [], {}), LAST).SerializeToString()
    path = tmp_path / "net.onnx"
    damaged = [whole[:k] for k in range(0, len(whole), 7)]
    for _ in range(200):
        content = bytearray(whole)
        content[RANDOM.integers(len(whole))] = RANDOM.integers(256)
        damaged.append(bytes(content))
    for content in damaged:
        path.write_bytes(content)
        said = complaint(path)
        assert said is None or ("\n" not in said and said)


def complaint(path) -> str | None:
    """What symnet says of a file; None when it is read (a flipped bit of a weight is a weight)."""
    try:
        return None if symnet.load(path).count else "no parameters"
    except SymnetError as error:
        return str(error)


@pytest.mark.sklearn
@pytest.mark.parametrize("double", [False, True])
def test_files_of_skl2onnx(double, tmp_path) -> None:
    convert = pytest.importorskip("skl2onnx", reason="needs skl2onnx")
    neural = pytest.importorskip("sklearn.neural_network")
    kind = convert.common.data_types.DoubleTensorType if double else convert.common.data_types.FloatTensorType
    classifier = neural.MLPClassifier(hidden_layer_sizes=(6,), max_iter=2000, random_state=0).fit(
        X, [0, 1, 2, 0, 1, 2, 0]
    )
    proto = convert.convert_sklearn(classifier, initial_types=[("x", kind([None, 5]))])
    (tmp_path / "net.onnx").write_bytes(proto.SerializeToString())
    agrees(symnet.load(tmp_path / "net.onnx"), X, classifier.predict_proba(X), 1e-12 if double else 1e-5)


def test_a_file_without_numbers_is_refused(tmp_path) -> None:
    (tmp_path / "net.onnx").write_bytes(b"")
    with pytest.raises(DataError, match="0 inputs"):
        symnet.load(tmp_path / "net.onnx")
