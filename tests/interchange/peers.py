"""What every reader of another library's model has to fulfil."""

from __future__ import annotations

import numpy as np


def agrees(network, x, theirs, tolerance=1e-12) -> None:
    """The outputs are the peer's within `tolerance`, relative to the largest; one sample is a row of the batch."""
    ours = network(x)
    assert ours.shape == np.shape(theirs)
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=tolerance * max(1.0, float(np.abs(theirs).max())))
    np.testing.assert_allclose(network(x[0]), ours[0], rtol=1e-13, atol=1e-13)
    assert len(network.equations.of_kind("forward")) >= len(network.layers)
    assert all(array.dtype in (np.float32, np.float64) for array in network.parameters.values())


def slopes_agree(network, x, theirs=None) -> None:
    """The Jacobian is the peer's to 1e-9; where no peer gives one, the central difference of the outputs to 1e-5."""
    ours = network.jacobian(x)
    if theirs is not None:
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-9 * max(1.0, float(np.abs(theirs).max())))
        return
    step = 1e-6
    for j in range(x.shape[1]):
        shift = np.zeros_like(x)
        shift[:, j] = step
        numeric = (network(x + shift) - network(x - shift)) / (2 * step)
        np.testing.assert_allclose(ours[:, :, j], numeric, rtol=1e-5, atol=1e-5)
