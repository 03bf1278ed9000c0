"""Losses of probabilities: the surprise −log p at what happened, from probabilities, their logarithms or scores."""

from symnet.definitions.loss import loss
from symnet.definitions.losses.words import averaged, each
from symnet.definitions.vocabulary import Nonnegative, Positive


@loss(title="Softmax cross-entropy", aliases=["cross_entropy", "ce", "categorical_crossentropy"], takes="logits",
      link="softmax", targets="probabilities", torch="CrossEntropyLoss()",
      keras="CategoricalCrossentropy(from_logits=True)", optax="softmax_cross_entropy(z, y).mean()")  # fmt: skip
def softmax_cross_entropy(z, y):
    """Minus the log of the probability that softmax gives to the target, log Σ exp(zₖ) − Σ yᵢ zᵢ.

    It takes logits, not probabilities, and targets that sum to 1 (a one-hot column, or probabilities):
    then it equals −Σ yᵢ log softmax(z)ᵢ, and its gradient is softmax(z) − y.
    """
    from symnet.definitions.operations import LogSumExp, multiply, subtract, transpose

    return subtract(LogSumExp(z), multiply(transpose(y), z))


@loss(title="Softmax cross-entropy with label smoothing", aliases=["label_smoothing"], takes="logits", link="softmax",
      targets="probabilities", sources=["szegedy2016"], torch="CrossEntropyLoss(label_smoothing=0.1)",
      keras="CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)")  # fmt: skip
def smoothed_cross_entropy(z, y, epsilon: Nonnegative = "1/10"):
    """Softmax cross-entropy with the targets (1 − ε) yᵢ + ε/m instead of yᵢ.

    No class is asked for with certainty, so that scores need not grow without end.
    """
    from symnet.definitions.operations import LogSumExp, add, multiply, ones, subtract, transpose

    classes = z.shape[0]
    asked = add(multiply(1 - epsilon, transpose(y), z), multiply(epsilon / classes, transpose(ones(classes)), z))
    return subtract(LogSumExp(z), asked)


@loss(title="Binary cross-entropy from logits", aliases=["bce_with_logits", "sigmoid_cross_entropy", "logistic_loss"],
      takes="logits", link="sigmoid", targets="probabilities", torch="BCEWithLogitsLoss()",
      keras="BinaryCrossentropy(from_logits=True)", optax="sigmoid_binary_cross_entropy(z, y).mean()")  # fmt: skip
def sigmoid_binary_cross_entropy(z, y):
    """The mean of log(1 + exp(zᵢ)) − yᵢzᵢ over the m scores: the surprise at yᵢ if σ(zᵢ) is believed.

    It takes logits; each output is a question of its own with the answer 0 or 1 (or a probability). It equals
    −y log σ(z) − (1 − y) log(1 − σ(z)), without ever taking the log of a rounded 0, and its gradient is (σ(z) − y)/m.
    """
    from symnet.definitions.operations import multiply, subtract, transpose

    return subtract(averaged(each("softplus", z)), multiply(1 / z.shape[0], transpose(y), z))


@loss(title="Binary cross-entropy", aliases=["bce", "binary_crossentropy", "log_loss"], takes="probabilities",
      targets="probabilities", torch="BCELoss()", keras="BinaryCrossentropy()")  # fmt: skip
def binary_cross_entropy(a, y):
    """The mean of −yᵢ log aᵢ − (1 − yᵢ) log(1 − aᵢ) over the m probabilities aᵢ.

    A logarithm counts as −100 where it would be less, as in PyTorch; Keras moves a into [10⁻⁷, 1 − 10⁻⁷] instead.
    """
    from symnet.definitions.operations import multiply, ones, subtract, transpose

    rows = a.shape[0]
    one = ones(rows)
    return subtract(
        multiply(-1 / rows, transpose(y), each("clamped_log", a)),
        multiply(1 / rows, transpose(subtract(one, y)), each("clamped_log", subtract(one, a))),
    )


@loss(title="Binary focal loss", aliases=["binary_focal"], takes="logits", link="sigmoid", targets="probabilities",
      sources=["lin2017"], keras="BinaryFocalCrossentropy(apply_class_balancing=True, from_logits=True)")  # fmt: skip
def binary_focal_loss(z, y, alpha: Positive = "1/4", gamma: Nonnegative = 2):
    """Binary cross-entropy in which p, the probability of what happened, weighs (1 − p)^γ: easy cases count less.

    Cases with y = 1 weigh α besides, those with y = 0 weigh 1 − α; the mean over the m scores.
    """
    from symnet.definitions.operations import add, multiply, ones, subtract, transpose

    rows = z.shape[0]
    positive, negative = (each("focal", score, gamma=gamma) for score in (z, multiply(-1, z)))
    return add(
        multiply(alpha / rows, transpose(y), positive),
        multiply((1 - alpha) / rows, transpose(subtract(ones(rows), y)), negative),
    )


@loss(title="Negative log-likelihood", aliases=["nll", "nll_loss"], takes="log_probabilities", targets="probabilities",
      torch="NLLLoss()")  # fmt: skip
def negative_log_likelihood(x, y):
    """Minus the log-probability of the target, −Σ yᵢxᵢ, from log-probabilities xᵢ.

    After log-softmax it is the softmax cross-entropy. PyTorch takes the class as a number instead of a one-hot column.
    """
    from symnet.definitions.operations import multiply, transpose

    return multiply(-1, transpose(y), x)


@loss(title="Kullback–Leibler divergence", aliases=["kl", "kl_div"], takes="log_probabilities",
      targets="probabilities", sources=["kullback1951"], torch='KLDivLoss(reduction="batchmean")')  # fmt: skip
def kl_divergence(x, y):
    """Σ yᵢ (log yᵢ − xᵢ) of a target distribution y from log-probabilities xᵢ, with 0 log 0 = 0.

    PyTorch's ``reduction="mean"`` divides by the number of all entries instead of the number of samples; Keras
    takes probabilities.
    """
    from symnet.definitions.operations import multiply, ones, subtract, transpose

    entropy = multiply(transpose(ones(y.shape[0])), each("x_log_x", y))
    return subtract(entropy, multiply(transpose(y), x))


@loss(title="Poisson negative log-likelihood", aliases=["poisson", "poisson_nll"], takes="scores", targets="counts",
      torch="PoissonNLLLoss()")  # fmt: skip
def poisson_negative_log_likelihood(z, y):
    """The mean of exp(zᵢ) − yᵢzᵢ over the m outputs: counts yᵢ whose expected number is exp(zᵢ).

    The term log yᵢ! does not depend on the output and is left out. Keras takes the expected number instead of
    its logarithm.
    """
    from symnet.definitions.operations import multiply, subtract, transpose

    return subtract(averaged(each("exponential", z)), multiply(1 / z.shape[0], transpose(y), z))
