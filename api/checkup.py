"""What is installed, what is missing, how to get it: programs, language data and models."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec

from api.seams import Check
from api.settings import Settings
from corpus.errors import CongvanError

_OCR_PACKAGES = "sudo apt install tesseract-ocr tesseract-ocr-vie tesseract-ocr-script-viet"
_LIBRARIES = {
    "pypdfium2": "đọc và vẽ PDF",
    "cv2": "làm sạch ảnh trang",
    "qdrant_client": "chỉ mục",
    "spacy": "phân tích tiếng Việt",
    "underthesea": "tách từ tiếng Việt",
    "uvicorn": "máy chủ web",
}


def installed(settings: Settings) -> list[Check]:
    """Check programs, language data, libraries and models."""
    return [_tesseract(), _vietnamese(), _libreoffice(), _graphviz(), _libraries(), *_models(settings)]


def _output(*command: str) -> str | None:
    if shutil.which(command[0]) is None:
        return None
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    return done.stdout + done.stderr


def _tesseract() -> Check:
    found = _output("tesseract", "--version")
    version = found.splitlines()[0] if found else "chưa cài"
    return Check("Tesseract (nhận dạng chữ)", found is not None, version, f"Hãy chạy: {_OCR_PACKAGES}")


def _vietnamese() -> Check:
    languages = set((_output("tesseract", "--list-langs") or "").split())
    present = [name for name in ("vie", "script/Vietnamese", "Vietnamese") if name in languages]
    both = "vie" in present and len(present) > 1
    found = ", ".join(present) if present else "chưa cài"
    name = "Dữ liệu tiếng Việt cho Tesseract"
    return Check(name, both, found, f"Hãy chạy: {_OCR_PACKAGES}", required=not present)


def _libreoffice() -> Check:
    from ingest.soffice import PACKAGE, program

    office = program()
    remedy = f"Hãy chạy: {PACKAGE} (chỉ cần để đọc tệp Word đời cũ DOC, RTF, ODT và dựng hình trang của tệp Word, HTML)"
    name = "LibreOffice (đọc DOC, RTF, ODT; hình trang của tệp Word)"
    return Check(name, office is not None, office or "chưa cài", remedy, required=False)


def _graphviz() -> Check:
    found = _output("dot", "-V")
    version = found.strip().splitlines()[0] if found else "chưa cài"
    remedy = "Hãy chạy: sudo apt install graphviz (chỉ cần để vẽ mạng văn bản)"
    return Check("Graphviz", found is not None, version, remedy, required=False)


def _libraries() -> Check:
    missing = [f"{name} ({what})" for name, what in _LIBRARIES.items() if find_spec(name) is None]
    found = f"thiếu {', '.join(missing)}" if missing else "đủ"
    return Check("Thư viện Python", not missing, found, "Hãy cài lại: pip install congvan")


def _models(settings: Settings) -> list[Check]:
    def restorer() -> None:
        from ingest.restore.restorer import Restorer

        Restorer.load(settings.restore_model)

    def embedder() -> None:
        from index.embedding import load_embedder

        load_embedder(settings.embedding_model)

    def reader() -> None:
        from nlp.pipeline import Reader

        Reader.load()

    return [
        _loads("Mô hình phục hồi dấu", restorer),
        _loads("Mô hình nhúng", embedder),
        _loads("Bộ đọc tiếng Việt", reader),
    ]


def _loads(name: str, load: Callable[[], None]) -> Check:
    try:
        load()
    except CongvanError as error:
        return Check(name, False, error.message, error.remedy)
    except ImportError as error:
        return Check(name, False, f"thiếu thư viện ({error.name})", "Hãy cài lại: pip install congvan")
    return Check(name, True, "đọc được")
