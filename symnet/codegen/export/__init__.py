"""Self-contained source for NumPy, plain Python or JavaScript: it needs nothing of symnet to run.

The forms and regimes of a function are those that `compile` runs, and the equations of a network those that its sheet
prints; the kernels that they call are copied in, with what those need in turn.
"""

from typing import TYPE_CHECKING, Any

from symnet.codegen.export.function import export
from symnet.codegen.export.languages import LANGUAGES

if TYPE_CHECKING:
    from symnet.codegen.export.network import export_loss, export_network

__all__ = ["LANGUAGES", "export", "export_loss", "export_network"]


def __getattr__(name: str) -> Any:
    """The exports of networks, whose equations a sheet of a function does without."""
    if name in ("export_loss", "export_network"):
        from symnet.codegen.export import network

        return getattr(network, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
