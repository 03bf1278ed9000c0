"""The hand-made sheet that holds every block."""

import pytest
import render_demo

from symnet.sheet import Sheet


@pytest.fixture(scope="session")
def demo() -> Sheet:
    return render_demo.sheet()
