#!/bin/sh
# The demonstration: installs, reads the samples, starts the server in the background and says what to try.
# usage: demo.sh [stop]
set -eu

port="${PORT:-8000}"
address="http://127.0.0.1:$port"
export CONGVAN_HOME="${CONGVAN_HOME:-./var}"
pid_file="$CONGVAN_HOME/server.pid"
log="$CONGVAN_HOME/server.log"

running() {
    [ -f "$pid_file" ] && kill -0 "$(cat "$pid_file")" 2>/dev/null
}

healthy() {
    .venv/bin/python -c "import sys, urllib.request
try:
    sys.exit(urllib.request.urlopen('$address/v1/healthz', timeout=2).status != 200)
except OSError:
    sys.exit(1)"
}

if [ "${1:-}" = stop ]; then
    if running; then
        kill "$(cat "$pid_file")"
        echo "Đã dừng máy chủ." >&2
    fi
    rm -f "$pid_file"
    exit 0
fi

sh scripts/system.sh
make --no-print-directory install
mkdir -p "$CONGVAN_HOME"
.venv/bin/congvan ingest corpus/samples --jobs "$(nproc)"

if ! running; then
    if healthy; then
        echo "congvan: cổng $port đang có chương trình khác dùng; hãy chạy: make demo PORT=8001" >&2
        exit 1
    fi
    # nothing of this terminal is kept open, so that the server outlives it
    nohup .venv/bin/congvan serve --host 127.0.0.1 --port "$port" >"$log" 2>&1 </dev/null &
    echo $! >"$pid_file"
fi
waited=0
until healthy; do
    if ! running || [ "$waited" -ge 60 ]; then
        echo "congvan: máy chủ không khởi động được; nhật ký: $log" >&2
        tail -n 5 "$log" >&2
        rm -f "$pid_file"
        exit 1
    fi
    sleep 1
    waited=$((waited + 1))
done

cat <<END

congvan đang chạy tại $address   (dừng: make stop)

Ba điều để thử:
  1. Mở $address và gõ: hạn các trường THPT nộp báo cáo y tế trường học đợt 1 năm học 2023-2024
  2. .venv/bin/congvan duties --unit co_so_giao_duc --level thcs --province "Phú Lâm" --school-year 2022-2023
  3. .venv/bin/congvan graph 2096/SGDĐT-CTTT
END
