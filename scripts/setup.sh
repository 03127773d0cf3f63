# Sourced by the other scripts: the Debian packages that unecho needs, and the build.
# Nothing is asked of the network when all packages are there; nothing is rebuilt that has not changed.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jobs=$(nproc)

build_packages=(g++ cmake ninja-build pkg-config libxxhash-dev libabsl-dev libtbb-dev libcli11-dev libgtest-dev libgmock-dev
  libsimdjson-dev libicu-dev libisal-dev zlib1g-dev libbz2-dev liblzma-dev liblz4-dev libzstd-dev libre2-dev libtomlplusplus-dev libcld2-dev
  libgumbo-dev libpugixml-dev libgmime-3.0-dev libyaml-dev)
[ "$(uname -m)" != aarch64 ] || build_packages+=(libsimde-dev)   # the SSE2 code as NEON
man_packages=(lowdown)   # the man pages, of docs/; a build does without
python_packages=(python3-dev python3-venv)   # the Python package; what else it needs comes from pip
torture_packages=(strace zstd lz4 python3)
test_packages=("${man_packages[@]}" "${torture_packages[@]}" "${python_packages[@]}" mandoc jq xz-utils bzip2 gzip clang-format)
bench_packages=(libbenchmark-dev hyperfine time zstd gzip python3 python3-venv)

say() { printf '== %s\n' "$*" >&2; }

# install_packages PACKAGE...: those that are missing, by apt-get.
install_packages() {
  if ! command -v dpkg-query >/dev/null; then
    say "no dpkg here: taking it for granted that the equivalents of these are installed: $*"
    return
  fi
  local missing=() package as_root=()
  for package; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  local install=(apt-get install -y --no-install-recommends "${missing[@]}")
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "these packages are missing, and there is neither root nor sudo to install them. As root, run:"
      printf '  apt-get update && %s\n' "${install[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  say "installing ${missing[*]}"
  as_root+=(env DEBIAN_FRONTEND=noninteractive)
  # The package lists are fetched only if the ones that are there do not do.
  local log
  log=$(mktemp)
  with_progress "$log" "${as_root[@]}" "${install[@]}" ||
    { with_progress "$log" "${as_root[@]}" apt-get update && with_progress "$log" "${as_root[@]}" "${install[@]}"; } ||
    { cat "$log" >&2; rm -f "$log"; say "apt-get failed; the packages needed are: ${missing[*]}"; return 1; }
  rm -f "$log"
}

# with_progress LOG COMMAND...: apt-get with a line that says how far it is, overwritten on a terminal, else a new one for
# every quarter. What apt-get says besides goes to LOG, which is begun anew.
with_progress() {
  local log=$1 line kind package percent words doing="" shown="" what=packages step=25 begin="== " end=$'\n' status=0
  shift
  : >"$log"
  if [ -t 2 ]; then step=1 begin=$'\r\e[K== ' end=""; fi
  [[ " $* " != *" update "* ]] || what="lists of packages"
  "$@" -o APT::Status-Fd=1 -o Dpkg::Use-Pty=0 2>&1 </dev/null | while IFS= read -r line; do
    case $line in
      dlstatus:*) doing=fetching ;;
      pmstatus:*) doing=installing ;;
      *) printf '%s\n' "$line" >>"$log"; continue ;;
    esac
    IFS=: read -r kind package percent words <<<"$line"
    percent=${percent%%.*}
    [ "$shown" != "$doing $((percent / step))" ] || continue
    shown="$doing $((percent / step))"
    printf '%s%s %s: %d %%%s' "$begin" "$doing" "$what" "$percent" "$end" >&2
  done || status=$?
  [ -n "$end" ] || printf '\r\e[K' >&2
  return "$status"
}

# fetch_sources DIRECTORY PACKAGE...: the distribution's sources of them, unpacked below DIRECTORY. Behind --tar-only, those of upstream
# as they are. The package lists of sources are beside those that apt-get has.
fetch_sources() {
  local directory=$1
  shift
  say "fetching the sources: $*"
  mkdir -p "$directory"/apt/{lists,cache/archives}/partial
  echo "deb-src http://deb.debian.org/debian $(. /etc/os-release && echo "$VERSION_CODENAME") main" >"$directory/apt/sources.list"
  local apt=(apt-get -qq -o "Dir::Etc::sourcelist=$directory/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::lists=$directory/apt/lists" -o "Dir::Cache=$directory/apt/cache" -o APT::Sandbox::User=root)
  "${apt[@]}" update
  (cd "$directory" && "${apt[@]}" source "$@" >&2)
}

# build DIRECTORY [TARGET... ] [-- CMAKE_ARGUMENT...]: everything if no target is named.
build() {
  local directory=$1 targets=() generator=()
  shift
  while [ $# -gt 0 ] && [ "$1" != -- ]; do targets+=(--target "$1"); shift; done
  [ $# -eq 0 ] || shift
  [ -e "$directory/CMakeCache.txt" ] || generator=(-G Ninja)
  say "building in $directory"
  cmake -S "$root" -B "$directory" "${generator[@]}" -DCMAKE_UNITY_BUILD=ON "$@" --log-level=WARNING >&2
  cmake --build "$directory" --parallel "$jobs" "${targets[@]}" >&2
}
