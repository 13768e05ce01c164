"""Ways to Qdrant: the embedded one in a folder, one process at a time, or a server by URL."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from corpus.errors import BusyError, CongvanError

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

#: Pause between two tries for the folder, in seconds.
PAUSE = 0.05


@contextmanager
def embedded(folder: Path, patience: float) -> Iterator[QdrantClient]:
    """Open the embedded Qdrant in ``folder``, and close it at the end.

    qdrant-client reads its folder before it takes its own lock, so a lock of ours is taken first: what is read is
    then never half written. Raises BusyError when the turn does not come within ``patience`` seconds.
    """
    from qdrant_client import QdrantClient

    folder.mkdir(parents=True, exist_ok=True)
    with _turn(folder.parent / f"{folder.name}.lock", patience), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "local mode is not recommended above 20,000 points", for developers
        try:
            client = QdrantClient(path=str(folder), force_disable_check_same_thread=True)
        except RuntimeError as error:
            raise _busy() from error
        try:
            yield client
        finally:
            client.close()


@contextmanager
def _turn(path: Path, patience: float) -> Iterator[None]:
    import portalocker

    until = time.monotonic() + patience
    with path.open("a") as file:
        while not _locked(file):
            if time.monotonic() > until:
                raise _busy()
            time.sleep(PAUSE)
        try:
            yield
        finally:
            portalocker.unlock(file)


def _locked(file: IO[str]) -> bool:
    import portalocker

    try:
        portalocker.lock(file, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
    except portalocker.exceptions.LockException:
        return False
    return True


def _busy() -> BusyError:
    return BusyError(
        "Chỉ mục tìm kiếm đang được một chương trình congvan khác dùng.",
        "Hãy thử lại sau ít phút; nếu nhiều người dùng cùng lúc, hãy chạy máy chủ Qdrant và đặt CONGVAN_QDRANT_URL.",
    )


def server(url: str, api_key: str | None) -> QdrantClient:
    """Connect to a Qdrant server or cluster. Raises CongvanError when it does not answer."""
    from qdrant_client import QdrantClient
    from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

    client = QdrantClient(url=url, api_key=api_key, check_compatibility=False, timeout=30)
    try:
        client.get_collections()
    except (ResponseHandlingException, UnexpectedResponse, OSError) as error:
        raise CongvanError(
            f"Không kết nối được máy chủ Qdrant tại {url}.", "Hãy kiểm tra máy chủ và CONGVAN_QDRANT_URL."
        ) from error
    return client
