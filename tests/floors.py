"""Accuracy floors: figures that were reached once and must not be lost. ``floors.json`` only rises."""

import json
from pathlib import Path

FLOORS: dict[str, float] = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


def assert_floor(name: str, figure: float) -> None:
    """Fail if ``figure`` lies below the floor of that name; an unknown name fails, too."""
    assert figure >= FLOORS[name], f"{name}: {figure:.4f} is below the floor {FLOORS[name]:.4f}"
