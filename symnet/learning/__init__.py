"""Learning: data sets, gradient descent on the derived gradients, and what came of it."""

from symnet.learning.dataset import Dataset, digits, load_dataset
from symnet.learning.train import train
from symnet.learning.trained import Trained

__all__ = ["Dataset", "Trained", "digits", "load_dataset", "train"]
