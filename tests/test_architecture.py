"""The house rules that a machine can check: who may import whom, what importing costs, how long a file may be."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {
    "corpus": set(),
    "ingest": {"corpus"},
    "nlp": {"corpus"},
    "index": {"corpus"},
    "api": {"corpus", "ingest", "nlp", "index"},
}
#: The rooms of nlp from the ground up; a file imports from its own and from those before it, rooms of one step not from
#: each other. What the whole room is for (pipeline, compare, drafting, lint) stands on all of them.
STEPS = [{"words"}, {"naming"}, {"page"}, {"header", "citing", "when"}, {"whom", "checks"}, {"dues"}]
#: Packages that take seconds or hundreds of megabytes to import; only functions that need them may.
HEAVY = ("torch", "sentence_transformers", "transformers", "spacy", "underthesea", "cv2", "numba", "qdrant_client")
#: Rooms within rooms that are imported as a whole, and only by the function that makes what they are for.
ON_DEMAND = {"restore", "training", "samples", "__main__.py"}
MAX_LINES = 450
SOURCES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_dependencies_point_downward_only(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    wrong = (imported(path) & set(ROOMS)) - ROOMS[room] - {room}
    assert not wrong, f"{room} must not import {sorted(wrong)}"


def rooms_of_nlp(path: Path) -> set[str]:
    """Return the rooms of nlp that a file imports from."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    modules = {node.module for node in tree if isinstance(node, ast.ImportFrom) and node.module and node.level == 0}
    return {module.split(".")[1] for module in modules if module.startswith("nlp.")}


@pytest.mark.parametrize("step", range(len(STEPS)), ids=lambda k: "-".join(sorted(STEPS[k])))
def test_the_rooms_of_nlp_stand_on_each_other(step: int) -> None:
    below = set().union(*STEPS[:step])
    for room in STEPS[step]:
        files = sorted((ROOT / "nlp" / room).glob("*.py"))
        wrong = {path.name: names for path in files if (names := rooms_of_nlp(path) - below - {room})}
        assert len(files) > 1 and not wrong, wrong


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_fits_in_a_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("room", ROOMS)
def test_importing_a_room_loads_nothing_heavy(room: str) -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted((ROOT / room).rglob("*.py"))
        if not ON_DEMAND & set(path.relative_to(ROOT).parts)
    ]
    code = f"import sys\nimport {', '.join(modules)}\nprint(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_no_range_of_letters_with_marks() -> None:
    """A range of them holds small and capital letters in turn; ``corpus.text.LOWER`` and ``UPPER`` hold one case."""
    assert not [path for path in SOURCES if re.search("[Àà]-[Ỹỹ]", path.read_text(encoding="utf-8"))]
