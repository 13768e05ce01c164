"""All settings of congvan in one place, from the environment (prefix ``CONGVAN_``), handed down from here.

Nothing below ``api`` reads the environment. README.md lists them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import BadInputError

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(BaseSettings):
    """What an office can set. Every field is ``CONGVAN_<NAME>`` in the environment; sizes are in MB."""

    model_config = SettingsConfigDict(env_prefix="CONGVAN_", frozen=True, extra="ignore")

    home: Path = Field(default=Path("var"), description="Thư mục giữ kho dữ liệu, chỉ mục và tệp gốc.")
    database_url: str | None = Field(default=None, description="Kho dữ liệu khác, ví dụ postgresql+psycopg://…")
    originals_url: str | None = Field(
        default=None, description="Nơi giữ tệp gốc dùng chung, ví dụ file:///mnt/… hoặc s3://…; để trống là trong HOME."
    )
    qdrant_url: str | None = Field(default=None, description="Máy chủ Qdrant; để trống là Qdrant nhúng.")
    dask_scheduler: str | None = Field(
        default=None, description="Chia trang quét cho nhiều máy: tcp://máy:8786, hoặc local:N là N tiến trình máy này."
    )
    embedding_model: str | None = Field(default=None, description="Mô hình nhúng khác mô hình kèm theo.")
    restore_model: Path | None = Field(default=None, description="Thư mục mô hình phục hồi dấu khác mô hình kèm theo.")
    jobs: int = Field(default=0, ge=0, le=256, description="Số tệp đọc cùng lúc; 0 là bằng số lõi của máy.")
    max_file_mb: int = Field(default=200, ge=1, description="Cỡ lớn nhất của một tệp.")
    max_pages: int = Field(default=1000, ge=1, description="Số trang nhiều nhất của một tệp.")
    page_seconds: float = Field(default=120.0, gt=0, description="Thời gian nhận dạng lâu nhất cho một trang, giây.")
    max_page_megapixels: int = Field(default=80, ge=1, description="Hình một trang lớn nhất, triệu điểm ảnh.")
    max_page_characters: int = Field(default=200_000, ge=1, description="Số ký tự nhiều nhất của một trang PDF.")
    max_unpacked_mb: int = Field(default=400, ge=1, description="Cỡ lớn nhất của một tệp DOCX sau khi giải nén.")
    call_seconds: float = Field(
        default=30.0,
        gt=0,
        description="Thời gian lâu nhất cho một lần gọi bộ đọc PDF (mở tệp, đọc hay vẽ một trang), giây.",
    )
    convert_seconds: float = Field(
        default=120.0, gt=0, description="Thời gian lâu nhất để LibreOffice mở một tệp DOC, RTF hay ODT, giây."
    )
    worker_memory_mb: int = Field(
        default=4096, ge=0, description="Bộ nhớ nhiều nhất của tiến trình đọc PDF hay tệp Word cũ; 0 là không giới hạn."
    )
    max_upload_mb: int = Field(default=1024, ge=1, description="Cỡ lớn nhất của một lần nạp qua mạng.")
    max_upload_files: int = Field(default=100, ge=1, description="Số tệp nhiều nhất trong một lần nạp qua mạng.")
    host: str = Field(default="127.0.0.1", description="Địa chỉ máy chủ lắng nghe.")
    port: int = Field(default=8000, ge=0, le=65535, description="Cổng máy chủ lắng nghe.")
    allowed_hosts: str = Field(
        default="",
        description="Tên miền mà máy chủ được gọi qua proxy, cách nhau dấu phẩy, ví dụ congvan.so.gov.vn.",
    )
    trusted_proxies: str = Field(
        default="", description="Địa chỉ IP của proxy được tin khi báo địa chỉ người dùng và https, cách nhau dấu phẩy."
    )
    session_hours: float = Field(default=12.0, gt=0, le=720, description="Một lần đăng nhập có giá trị bao nhiêu giờ.")
    requests_per_minute: int = Field(
        default=600,
        ge=0,
        description="Số yêu cầu nhiều nhất trong một phút của một người hay một khóa; 0: không hạn.",
    )
    smtp_host: str | None = Field(default=None, description="Máy chủ thư để gửi thư nhắc việc; để trống là không gửi.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Cổng của máy chủ thư.")
    smtp_security: Literal["starttls", "ssl", "none"] = Field(default="starttls", description="Cách mã hóa thư.")
    smtp_user: str | None = Field(default=None, description="Tên đăng nhập máy chủ thư.")
    smtp_password: SecretStr | None = Field(default=None, description="Mật khẩu máy chủ thư.")
    smtp_from: str | None = Field(default=None, description="Địa chỉ người gửi thư nhắc việc.")
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/]+/?$",
        description="Địa chỉ mà người dùng mở trang, ví dụ https://congvan.so.gov.vn, để thư nhắc việc có liên kết.",
    )
    digest_hour: int = Field(default=6, ge=0, le=23, description="Gửi thư nhắc việc từ mấy giờ mỗi ngày.")
    nightly_file: Path | None = Field(
        default=None,
        description="Tệp thiết lập nguồn của congvan nightly; để trống là nightly.toml trong CONGVAN_HOME.",
    )
    draft_report_days: int = Field(
        default=7,
        ge=0,
        le=60,
        description="Dự thảo của Sở: hạn báo cáo sớm hơn hạn của Bộ mấy ngày làm việc.",
    )
    draft_school_days: int = Field(
        default=5, ge=0, le=60, description="Dự thảo của Sở: trường gửi cấp giữa sớm hơn hạn gửi Sở mấy ngày làm việc."
    )
    draft_work_days: int = Field(
        default=3,
        ge=0,
        le=60,
        description="Dự thảo của Sở: việc không phải gửi lên sớm hơn mấy ngày làm việc.",
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="Cách ghi nhật ký ra stderr: text, hoặc json (mỗi dòng một sự kiện)."
    )
    debug: bool = Field(default=False, description="Hiện vết lỗi đầy đủ thay cho một câu báo lỗi.")

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL of the store: the one that is set, or SQLite in the home folder."""
        return self.database_url or f"sqlite:///{self.home / 'congvan.db'}"

    @property
    def originals(self) -> Path:
        """The folder of the files as received, by hash."""
        return self.home / "originals"

    @property
    def index(self) -> Path:
        """The folder of the index: the embedded Qdrant and the list of what is in it."""
        return self.home / "index"

    @property
    def inbox(self) -> Path:
        """The folder in which uploads wait until they are stored."""
        return self.home / "inbox"

    @property
    def prints(self) -> Path:
        """The folder of the pages that were made of Word and HTML files, by hash; what is missing is made again."""
        return self.home / "prints"

    @property
    def nightly(self) -> Path:
        """The file that names the sources of the nightly run."""
        return self.nightly_file or self.home / "nightly.toml"

    @property
    def workers(self) -> int:
        """How many files are read at the same time."""
        return self.jobs or os.cpu_count() or 1

    @property
    def max_file_bytes(self) -> int:
        """The largest file in bytes."""
        return self.max_file_mb * 2**20

    def is_loopback(self) -> bool:
        """Whether the server listens on this machine only."""
        return self.host in _LOOPBACK

    def is_exposed(self) -> bool:
        """Whether anybody elsewhere can come to the server: over the network, or through a proxy on this machine."""
        return not self.is_loopback() or bool(self.hosts or self.proxies)

    @property
    def hosts(self) -> frozenset[str]:
        """The names by which a proxy may ask for this server, in small letters."""
        return frozenset(name.strip().lower() for name in self.allowed_hosts.split(",") if name.strip())

    @property
    def proxies(self) -> list[str]:
        """The addresses of the proxies that are believed."""
        return [name.strip() for name in self.trusted_proxies.split(",") if name.strip()]


def load_settings(**overrides: object) -> Settings:
    """Return the settings of this process; ``overrides`` that are None count as not given.

    Raises BadInputError that names the variable which does not fit.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # names and values are checked by pydantic
    except ValidationError as error:
        names = ", ".join(sorted({f"CONGVAN_{str(e['loc'][0]).upper()}" for e in error.errors() if e["loc"]}))
        raise BadInputError(
            f"Thiết lập không hợp lệ: {names}.", "Hãy sửa hoặc bỏ biến môi trường đó rồi chạy lại."
        ) from error
