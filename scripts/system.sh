#!/bin/sh
# Makes sure that the system packages are there: installs them through apt where that is allowed, otherwise prints
# the one command to run. usage: system.sh [test]   (test: also what the tests need)
set -eu

packages="tesseract-ocr tesseract-ocr-vie tesseract-ocr-script-viet graphviz"
[ "${1:-}" = test ] && packages="$packages tesseract-ocr-eng fonts-croscore fonts-liberation2 chromium libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils postgresql"

fail() {
    echo "congvan: $1" >&2
    exit 1
}

python="${PYTHON:-python3}"
command -v "$python" >/dev/null 2>&1 || fail "cần Python 3.11 trở lên (lệnh $python); hãy cài: sudo apt-get install python3 python3-venv"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "cần Python 3.11 trở lên; $("$python" --version) là bản cũ (đặt PYTHON=/đường/dẫn/python3.11)"
"$python" -c 'import ensurepip' 2>/dev/null || packages="$packages python3-venv"

missing=""
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

command -v apt-get >/dev/null 2>&1 || fail "thiếu các gói:$missing; hãy cài chúng bằng trình quản lý gói của hệ thống rồi chạy lại"
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    fail "thiếu các gói hệ thống. Hãy chạy lệnh sau rồi chạy lại:
    sudo apt-get update && sudo apt-get install -y$missing"
fi
echo "Cài gói hệ thống:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
# shellcheck disable=SC2086 # both are word lists on purpose
if ! { $as_root apt-get update -q && $as_root apt-get install -y -q --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    fail "không cài được các gói:$missing; hãy xem lỗi của apt ở trên"
fi
rm -f "$log"
