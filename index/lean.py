"""sentence-transformers without what only training, compiling and many machines need: half of the time of its import.

The library names at its top what an embedding of texts never asks for: PyTorch's compiler and its tensors over many
machines, the measures of scikit-learn, SciPy's optimisers. While it is imported ``left_out`` stands in for them; what
is called later all the same is imported then. Only for models that need no transformer (``index/model``): those look
for PyTorch's other parts when they are loaded.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

#: Where functions come from that are called by nothing here; a package's parents stand in with it.
_FUNCTIONS = ("sklearn", "sklearn.metrics", "scipy.optimize")

#: Whose marks on functions ("not to be compiled") say nothing where nothing is compiled.
_MARKS = "torch._dynamo"


@contextmanager
def left_out() -> Iterator[None]:
    """Stand in for the modules above while the body imports; those that are loaded already stay."""
    import torch

    standing = [_standing(name, _called_later) for name in _FUNCTIONS if name not in sys.modules]
    if _MARKS not in sys.modules:
        standing.append(_standing(_MARKS, lambda module, name: _unmarked))
    alone, torch.distributed.is_available = torch.distributed.is_available, lambda: False
    sys.modules |= {module.__name__: module for module in standing}
    try:
        yield
    finally:
        torch.distributed.is_available = alone
        for module in standing:
            if sys.modules.get(module.__name__) is module:
                del sys.modules[module.__name__]
            parent, _, child = module.__name__.rpartition(".")
            if vars(sys.modules.get(parent, module)).get(child) is module:
                delattr(sys.modules[parent], child)


def _standing(name: str, give: Callable[[str, str], Any]) -> ModuleType:
    """Return an empty module that gives ``give(module, name)`` for every name that it is asked for."""
    module = ModuleType(name)
    module.__path__ = []

    def ask(wanted: str) -> Any:
        if wanted.startswith("__"):
            raise AttributeError(wanted)
        return give(name, wanted)

    module.__getattr__ = ask  # type: ignore[method-assign]  # PEP 562: a module's own
    return module


def _called_later(module: str, name: str) -> Callable[..., Any]:
    """Return a function that imports the one of that name when it is called."""

    def call(*given: Any, **named: Any) -> Any:
        return getattr(importlib.import_module(module), name)(*given, **named)

    return call


def _unmarked(function: Any = None, *_given: Any, **_named: Any) -> Any:
    """Return the function as it is; without one a decorator that does so."""
    return function if callable(function) else lambda marked: marked
