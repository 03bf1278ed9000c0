"""The built-in losses; importing this module enters them in the registry.

Their bodies fetch the matrix operations when called, so that listing the losses needs no SymPy.
"""

from symnet.definitions.loss import loss
from symnet.definitions.vocabulary import number


@loss(title="Half squared error", aliases=["half_squared_error", "quadratic_cost"])
def half_squared(a, y):
    """Half the squared distance of output and target, ½ Σ (aᵢ − yᵢ)².

    The ½ cancels the 2 of the derivative: ∂ℓ/∂a = a − y. It is the cost of Nielsen's book and of
    Mazur's worked example; the mean is taken over the batch only.
    """
    from symnet.definitions.operations import multiply, subtract, transpose

    return multiply(number("1/2"), transpose(subtract(a, y)), subtract(a, y))


@loss(title="Mean squared error", aliases=["mse"])
def mean_squared_error(a, y):
    """The mean of the squared differences over the m outputs, (1/m) Σ (aᵢ − yᵢ)².

    With the mean over the batch it is torch's MSELoss and Keras' mean_squared_error.
    """
    from symnet.definitions.operations import multiply, subtract, transpose

    return multiply(1 / a.shape[0], transpose(subtract(a, y)), subtract(a, y))


@loss(title="Softmax cross-entropy", aliases=["cross_entropy", "ce", "categorical_crossentropy"], takes="logits")
def softmax_cross_entropy(z, y):
    """Minus the log of the probability that softmax gives to the target, log Σ exp(zₖ) − Σ yᵢ zᵢ.

    It takes logits, not probabilities, and targets that sum to 1 (a one-hot column, or probabilities):
    then it equals −Σ yᵢ log softmax(z)ᵢ, and its gradient is softmax(z) − y.
    """
    from symnet.definitions.operations import LogSumExp, multiply, subtract, transpose

    return subtract(LogSumExp(z), multiply(transpose(y), z))
