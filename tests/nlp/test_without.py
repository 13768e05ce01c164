"""Packages can be hidden from the imports of one thread; the language pipeline comes without those it never uses."""

import subprocess
import sys
import threading

import pytest

from nlp.words.without import without


def _importable(name: str) -> bool:
    sys.modules.pop(name, None)
    try:
        __import__(name)
    except ModuleNotFoundError:
        return False
    return True


def test_hidden_for_this_thread_and_only_as_long() -> None:
    elsewhere: list[bool] = []
    with without("colorsys"):
        assert not _importable("colorsys")
        thread = threading.Thread(target=lambda: elsewhere.append(_importable("colorsys")))
        thread.start()
        thread.join()
    assert elsewhere == [True]
    assert _importable("colorsys")


def test_what_is_loaded_stays() -> None:
    import colorsys

    with without("colorsys"):
        assert __import__("colorsys") is colorsys


@pytest.mark.slow
def test_the_pipeline_loads_no_neural_library() -> None:
    code = "import sys; from nlp.words.language import load; load()('Các trường báo cáo.'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "spacy" in loaded and not {"torch", "transformers", "sklearn"} & set(loaded)
