"""Self-contained source for NumPy, plain Python or JavaScript: it needs nothing of symnet to run.

The forms and regimes of a function are those that `compile` runs, and the equations of a network those that its sheet
prints; the kernels that they call are copied in, with what those need in turn.
"""

from symnet.codegen.export.function import export
from symnet.codegen.export.languages import LANGUAGES
from symnet.codegen.export.network import export_loss, export_network

__all__ = ["LANGUAGES", "export", "export_loss", "export_network"]
