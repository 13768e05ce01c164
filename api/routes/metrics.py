"""For who watches the server: whether it can do its work, and how it goes, in the words of Prometheus."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from api import schemas
from api.keep.watching import Meter, ready
from api.routes.deps import TheLibrary

_LOG = logging.getLogger(__name__)
router = APIRouter(tags=["Máy chủ"])


@router.get(
    "/readyz",
    response_model=schemas.Ready,
    summary="Máy chủ làm việc được không",
    responses={503: {"model": schemas.Ready, "description": "Còn phần chưa sẵn sàng"}},
)
def readyz(library: TheLibrary, response: Response) -> dict[str, Any]:
    """Xem kho dữ liệu, chỉ mục, đĩa và Tesseract; 503 khi có phần chưa sẵn sàng."""
    checks = ready(library)
    for check in checks:
        if not check.ok:  # whoever asks need not have signed in: the reason is for the log
            _LOG.warning("not ready: %s: %s %s", check.name, check.found, check.remedy)
    well = all(check.ok for check in checks)
    response.status_code = 200 if well else 503
    return {"ready": well, "checks": [{"name": check.name, "ok": check.ok} for check in checks]}


@router.get("/metrics", summary="Số liệu cho Prometheus", response_class=PlainTextResponse)
def metrics(request: Request) -> Response:
    """Số văn bản, trang, lỗi, thời gian trả lời, việc đang chờ và kết quả lần nạp đêm gần nhất."""
    meter: Meter = request.app.state.meter
    return Response(meter.text(), media_type="text/plain; version=0.0.4; charset=utf-8")
