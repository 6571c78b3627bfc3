#!/bin/sh
# Installs what is missing and says what it does. Safe to run again: what is there is left alone.
# `setup.sh test` also installs what only the tests need: poppler, a second reader of PDFs.
set -eu
cd "$(dirname "$0")"
purpose=${1:-}

say() { printf '%s\n' "▸ $*"; }

# --- Python -----------------------------------------------------------------------------------------------------
python=
for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11; do
    [ -n "$candidate" ] || continue
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    say "需要 Python 3.11 或更新的版本 / Python 3.11 or newer is needed: apt-get install python3 python3-venv"
    exit 7
fi

# --- System packages: tesseract, its Chinese language pack, a Chinese font ----------------------------------------
lacks() {
    command -v tesseract >/dev/null 2>&1 || { echo tesseract; return; }
    languages=$(tesseract --list-langs 2>/dev/null || true)
    for language in chi_sim eng; do
        printf '%s\n' "$languages" | grep -qx "$language" || { echo "$language"; return; }
    done
    if [ "$purpose" = test ] && ! command -v pdftotext >/dev/null 2>&1; then echo pdftotext; return; fi
    [ "$(uname)" = Linux ] || return 0
    [ -n "$(find /usr/share/fonts -name 'NotoSansCJK-Regular.ttc' 2>/dev/null | head -n 1)" ] || echo font
}

packages="tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng fonts-noto-cjk fonts-symbola"
if [ "$purpose" = test ]; then packages="$packages poppler-utils"; fi
missing=$(lacks)
if [ -n "$missing" ]; then
    if command -v apt-get >/dev/null 2>&1; then
        line="apt-get install -y --no-install-recommends $packages"
        if [ "$(id -u)" = 0 ]; then
            as=
        elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
            as=sudo
        else
            say "缺少 $missing，且没有安装权限。请运行 / $missing is missing, and only an administrator can install it:"
            say "sudo $line"
            exit 7
        fi
        say "安装文字识别程序和中文字体 / installing text recognition and a Chinese font: $packages"
        $as apt-get update -qq
        # shellcheck disable=SC2086
        $as env DEBIAN_FRONTEND=noninteractive $line -qq >/dev/null
    elif command -v brew >/dev/null 2>&1 || [ "$(uname)" = Darwin ]; then
        say "缺少 $missing。请运行 / $missing is missing. Run: brew install tesseract tesseract-lang poppler font-noto-sans-cjk-sc"
        exit 7
    else
        say "缺少 $missing。请安装 / $missing is missing. Install: tesseract, chi_sim, Noto Sans CJK"
        exit 7
    fi
fi

# --- Virtual environment and the locked wheels ---------------------------------------------------------------------
if ! .venv/bin/python -c 'import sys' 2>/dev/null; then
    say "建立虚拟环境 / making a virtual environment: .venv"
    "$python" -m venv --clear .venv || {
        say "请先运行 / Run first: apt-get install python3-venv"
        exit 7
    }
fi
wanted=$(cat requirements.lock pyproject.toml pipeline/__init__.py | cksum)
if [ "$(cat .venv/installed 2>/dev/null)" != "$wanted" ]; then
    say "安装锁定版本的程序库 / installing the locked libraries: requirements.lock"
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
    PYTHONWARNINGS=ignore .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
    printf '%s' "$wanted" >.venv/installed
fi
say "就绪 / ready: .venv/bin/dossier"
