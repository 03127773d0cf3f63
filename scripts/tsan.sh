#!/usr/bin/env bash
# Looks for data races: builds oneTBB and unecho with ThreadSanitizer, in build-tsan/, and runs tests under it.
#   scripts/tsan.sh            the tests of rooms with threads, and golden cases of the command line
#   scripts/tsan.sh GROUP...   the golden cases of these groups (tests/cli/cases)
#
# The distribution's libtbb is not instrumented: how it hands a batch from thread to thread is then not seen, and each
# hand-over looks like a race. So the distribution's source of it is built with -DTBB_SANITIZE=thread.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

directory=$root/build-tsan
tbb=$directory/onetbb
install_packages "${build_packages[@]}" "${test_packages[@]}" dpkg-dev

if [ ! -e "$tbb/installed/lib/libtbb.so" ]; then
  say "oneTBB, instrumented, in $tbb"
  fetch_sources "$tbb" onetbb
  cmake -S "$tbb"/onetbb-*/ -B "$tbb/build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DTBB_SANITIZE=thread -DTBB_TEST=OFF -DTBB_STRICT=OFF \
    -DTBBMALLOC_BUILD=OFF -DTBBMALLOC_PROXY_BUILD=OFF -DTBB_DISABLE_HWLOC_AUTOMATIC_SEARCH=ON -DCMAKE_INSTALL_PREFIX="$tbb/installed" \
    -DCMAKE_INSTALL_LIBDIR=lib --log-level=WARNING >&2
  cmake --build "$tbb/build" --parallel "$jobs" --target install >&2
fi

build "$directory" unecho {flow,match,read,write,audit}_test -- -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O1 -g1" \
  -DUNECHO_SANITIZE=thread \
  -DTBB_DIR="$tbb/installed/lib/cmake/TBB" -DUNECHO_BUILD_TESTS=ON
# An exit code of its own: 1 is what many tests expect of unecho itself.
# ICU is the distribution's: that a table is there before it is handed out is not seen either.
echo 'race:icu_*' >"$directory/suppressions"
export TSAN_OPTIONS=exitcode=99:halt_on_error=1:suppressions=$directory/suppressions
if [ $# -eq 0 ]; then
  for room in flow match read write audit; do
    say "$room"
    "$directory/tests/${room}_test" --gtest_brief=1
  done
  set -- dedup same_bytes output
fi
for group; do
  say "cli/$group"
  for case in "$root/tests/cli/cases/$group"/*.sh; do
    # 77: it needs shared data that is not there.
    python3 "$root/tests/cli/run.py" --unecho "$directory/unecho" --data "$root/sample_data" --shared "$root/../shared/data" "$case" ||
      [ $? -eq 77 ]
  done
done
