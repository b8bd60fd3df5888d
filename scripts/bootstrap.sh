#!/usr/bin/env bash
# Make this machine ready: Python, system libraries and fonts, .venv with the pinned packages.
#
#   scripts/bootstrap.sh [dev] [browser]
#
# "dev" adds the developer's packages, "browser" a Chromium.
# Nothing is fetched except through apt and pip. Run again with nothing to do, it takes under
# a second. PYTHON=/path/to/python3.12 chooses the interpreter; PORTAL_NO_SYSTEM_PACKAGES=1
# keeps apt out of it.
set -euo pipefail
cd "$(dirname "$0")/.."

venv_python=.venv/bin/python
purpose=run
wants=" $* "
[[ $wants == *" dev "* ]] && purpose=dev

say() { printf '%s\n' "$*" >&2; }

# --- System packages -------------------------------------------------------------------------

may_install() {
  [[ -z ${PORTAL_NO_SYSTEM_PACKAGES:-} ]] && command -v apt-get >/dev/null &&
    { [[ $(id -u) == 0 ]] || sudo -n true 2>/dev/null; }
}

apt() {
  local as_root=()
  [[ $(id -u) == 0 ]] || as_root=(sudo -n)
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=2 "$@" \
    </dev/null >>"$apt_log" 2>&1
}

# Install the named packages, refreshing apt's lists only where the known ones do not suffice.
install_packages() {
  apt_log=$(mktemp)
  say "Installing system packages: $*"
  if apt install --no-install-recommends "$@" ||
    { apt update && apt install --no-install-recommends "$@"; }; then
    rm -f "$apt_log"
  else
    say "apt could not install them; its last words (all of them in $apt_log):"
    tail -n 3 "$apt_log" >&2
    return 1
  fi
}

# --- Python ----------------------------------------------------------------------------------

is_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.12 python3.13 python3.11 python3.14}; do
    if is_new_enough "$candidate"; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

require_python() {
  python=$(find_python) && return
  if [[ -n ${PYTHON:-} ]]; then
    say "PYTHON=$PYTHON is not a Python 3.11 or later."
    exit 1
  fi
  if may_install && install_packages python3 python3-venv && python=$(find_python); then
    return
  fi
  say "The portal needs Python 3.11 or later and found none." \
    "Install it (Debian 12, Ubuntu 24.04: sudo apt-get install python3 python3-venv) or name it: make run PYTHON=/path/to/python3."
  exit 1
}

# --- The virtual environment -----------------------------------------------------------------

has_ensurepip() { "$python" -c 'import ensurepip' 2>/dev/null; }

venv_package() {
  "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

# Four ways to the same .venv, from the usual one to what a bare Debian without root still has.
make_venv() {
  rm -rf .venv
  has_ensurepip || { may_install && install_packages "$(venv_package)"; } || true
  if has_ensurepip; then
    "$python" -m venv .venv
  elif "$python" -m virtualenv --version >/dev/null 2>&1; then
    "$python" -m virtualenv --quiet .venv
  elif "$python" -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --without-pip .venv
    "$python" -m pip --python "$venv_python" install --quiet pip
  else
    say "$python can not make a virtual environment: neither ensurepip nor virtualenv nor pip is there." \
      "Install it with: sudo apt-get install $(venv_package)"
    exit 1
  fi
}

requirements_stamp() {
  cat requirements.txt requirements-dev.txt | sha256sum | cut -d ' ' -f 1
}

has_packages() {
  local stamp=$1 kind
  for kind in "$purpose" dev; do
    [[ $(cat ".venv/.installed-$kind" 2>/dev/null) == "$stamp" ]] && return
  done
  return 1
}

install_python_packages() {
  local file=requirements.txt stamp
  [[ $purpose == dev ]] && file=requirements-dev.txt
  stamp=$(requirements_stamp)
  if ! "$venv_python" -c '' 2>/dev/null; then
    require_python
    make_venv
  fi
  has_packages "$stamp" && return
  say "Installing the packages of $file into .venv (a minute or two the first time)"
  if ! "$venv_python" -m pip install -qq --disable-pip-version-check \
    --no-input --requirement "$file"; then
    say "pip could not install $file; the reason stands above. Run the same command again to go on."
    exit 1
  fi
  printf '%s\n' "$stamp" >".venv/.installed-$purpose"
}

# --- What PDF, pictures and journeys need from the system --------------------------------------

lacks_library() {
  ! "$venv_python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null
}

# A serif font that has every Vietnamese letter: Tinos or Liberation Serif 2.
lacks_font() {
  if command -v fc-list >/dev/null; then
    [[ -z $(fc-list ':family=Tinos:lang=vi' family) &&
      -z $(fc-list ':family=Liberation Serif:lang=vi' family) ]]
  else
    [[ -z $(find /usr/share/fonts /usr/local/share/fonts "$HOME/.local/share/fonts" \
      \( -name 'Tinos-Regular.ttf' -o -path '*liberation2/LiberationSerif-Regular.ttf' \) \
      -print -quit 2>/dev/null) ]]
  fi
}

lacks_browser() {
  [[ -z ${PORTAL_CHROMIUM:-} ]] && ! command -v chromium chromium-browser google-chrome >/dev/null
}

# Fill packages[] and losses[] with what is missing now and what will not work without it.
look_for_missing() {
  packages=() losses=()
  local pdf=()
  lacks_library libpango-1.0.so.0 && pdf+=(libpango-1.0-0)
  lacks_library libpangoft2-1.0.so.0 && pdf+=(libpangoft2-1.0-0)
  lacks_library libharfbuzz-subset.so.0 && pdf+=(libharfbuzz-subset0)
  ((${#pdf[@]})) && packages+=("${pdf[@]}") losses+=("no PDF documents")
  lacks_font && packages+=(fonts-croscore) losses+=("Vietnamese letters in PDFs and charts from mixed fonts")
  [[ $wants == *" browser "* ]] && lacks_browser && packages+=(chromium) losses+=("no browser journeys")
  return 0
}

complete_system() {
  look_for_missing
  ((${#packages[@]})) || return 0
  if may_install && install_packages "${packages[@]}"; then
    look_for_missing
    ((${#packages[@]})) || return 0
  fi
  local loss_list
  loss_list=$(printf '; %s' "${losses[@]}")
  say "Missing on this system: ${packages[*]}. Until they are installed (sudo apt-get install ${packages[*]}):${loss_list:1}. Everything else works."
}

install_python_packages
complete_system
