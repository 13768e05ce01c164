#!/bin/sh
# Makes .venv and installs the package into it. usage: install.sh [dev]
# The constraint file pins every version, torch==2.13.0 among them, so that a CPU build already at hand is taken.
set -eu

extra="${1:-}"
target=".venv/.installed${extra:+-$extra}"
if [ ! -x .venv/bin/python ]; then
    echo "Tạo môi trường Python trong .venv …" >&2
    "${PYTHON:-python3}" -m venv .venv
fi
echo "Cài các gói Python${extra:+ cho kiểm thử} (lần đầu mất vài phút) …" >&2
.venv/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt torch
.venv/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".${extra:+[$extra]}"
# compiles the restorer's inner loops once, so that nobody waits for that later
.venv/bin/python -c 'from ingest.restore.restorer import Restorer; Restorer.load().restore("tieng Viet", force=True)'
touch "$target"
