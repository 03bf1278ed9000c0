"""Losses of numbers: how far an output lies from its target, and how much large errors count.

Their bodies fetch the matrix operations when called, so that listing the losses needs no SymPy.
"""

from symnet.definitions.loss import loss
from symnet.definitions.losses.words import averaged, each, number
from symnet.definitions.vocabulary import Positive


@loss(title="Half squared error", aliases=["half_squared_error", "quadratic_cost"])
def half_squared(a, y):
    """Half the squared distance of output and target, ½ Σ (aᵢ − yᵢ)².

    The ½ cancels the 2 of the derivative: ∂ℓ/∂a = a − y. It is the cost of Nielsen's book and of
    Mazur's worked example; the mean is taken over the batch only.
    """
    from symnet.definitions.operations import multiply, subtract, transpose

    return multiply(number("1/2"), transpose(subtract(a, y)), subtract(a, y))


@loss(title="Squared error", aliases=["sum_squared_error", "sse"], torch='MSELoss(reduction="sum")')
def squared_error(a, y):
    """The squared distance of output and target, Σ (aᵢ − yᵢ)², without a factor.

    It is the cost in the films of 3Blue1Brown; the mean is taken over the batch only. PyTorch's
    ``reduction="sum"`` adds up the batch as well.
    """
    from symnet.definitions.operations import multiply, subtract, transpose

    return multiply(transpose(subtract(a, y)), subtract(a, y))


@loss(
    title="Mean squared error",
    aliases=["mse", "l2_loss"],
    torch="MSELoss()",
    keras="MeanSquaredError()",
    optax="squared_error(a, y).mean()",
)
def mean_squared_error(a, y):
    """The mean of the squared differences over the m outputs, (1/m) Σ (aᵢ − yᵢ)².

    With the mean over the batch it is torch's MSELoss and Keras' mean_squared_error. optax's l2_loss
    has the factor ½.
    """
    from symnet.definitions.operations import multiply, subtract, transpose

    return multiply(1 / a.shape[0], transpose(subtract(a, y)), subtract(a, y))


@loss(title="Mean absolute error", aliases=["mae", "l1", "l1_loss"], torch="L1Loss()", keras="MeanAbsoluteError()")
def mean_absolute_error(a, y):
    """The mean of the absolute differences over the m outputs, (1/m) Σ |aᵢ − yᵢ|.

    Every error pulls with the same force, however large; at an error of 0 the slope is taken as 0.
    """
    from symnet.definitions.operations import subtract

    return averaged(each("absolute", subtract(a, y)))


@loss(title="Huber loss", aliases=["huber_loss"], sources=["huber1964"], torch="HuberLoss(delta=1.0)",
      keras="Huber(delta=1.0)", optax="huber_loss(a, y, delta=1.0).mean()")  # fmt: skip
def huber(a, y, delta: Positive = 1):
    """Half squared up to an error of δ, a straight line beyond it; the mean over the m outputs.

    Small errors count as in the half squared error, large ones as in the absolute error, joined without a kink.
    """
    from symnet.definitions.operations import subtract

    return averaged(each("huber", subtract(a, y), delta=delta))


@loss(title="Smooth L1 loss", aliases=["smooth_l1_loss"], torch="SmoothL1Loss(beta=1.0)")
def smooth_l1(a, y, beta: Positive = 1):
    """The Huber loss with δ = β, divided by β; the mean over the m outputs.

    With β = 1 it is the Huber loss; with β → 0 it becomes the mean absolute error.
    """
    from symnet.definitions.operations import subtract

    return averaged(each("smooth_l1", subtract(a, y), beta=beta))


@loss(title="Log-cosh loss", aliases=["log_cosh"], keras="LogCosh()", optax="log_cosh(a, y).mean()")
def log_cosh_loss(a, y):
    """The mean of log cosh(aᵢ − yᵢ) over the m outputs: half squared near 0, absolute less log 2 far out.

    Smooth of every order; its slope is the hyperbolic tangent of the error.
    """
    from symnet.definitions.operations import subtract

    return averaged(each("log_cosh", subtract(a, y)))


@loss(title="Quantile loss", aliases=["pinball", "pinball_loss"], sources=["koenker1978"])
def quantile(a, y, q: Positive = "1/2"):
    """The mean of max(q (yᵢ − aᵢ), (q − 1)(yᵢ − aᵢ)): an output too low costs q, one too high 1 − q.

    Its minimum over many targets is their q-quantile; with q = ½ it is half the mean absolute error.
    """
    from symnet.definitions.operations import Largest, multiply, subtract
    from symnet.errors import DefinitionError

    if not q < 1:
        raise DefinitionError(f"parameter 'q' of the quantile loss lies between 0 and 1, got {q}")
    error = subtract(y, a)
    return averaged(Largest(multiply(q, error), multiply(q - 1, error)))
