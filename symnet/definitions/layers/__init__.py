"""The layers, one a file; each declares its forward equations."""

from symnet.definitions.layers.dense import Dense
from symnet.definitions.layers.flatten import Flatten
from symnet.definitions.layers.maxout import Maxout
from symnet.definitions.layers.pointwise import Pointwise
from symnet.definitions.layers.softmax import Softmax

LAYERS = (Dense, Flatten, Maxout, Pointwise, Softmax)
"""Every layer there is: what completeness tests and file formats go through."""

__all__ = ["LAYERS", "Dense", "Flatten", "Maxout", "Pointwise", "Softmax"]
