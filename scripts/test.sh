#!/usr/bin/env bash
# The whole suite: installs what is missing, builds, runs every test. The last line says how many passed and failed.
#   scripts/test.sh              Release, in build/
#   scripts/test.sh --sanitize   with AddressSanitizer and UndefinedBehaviorSanitizer, in build-sanitize/
# Further arguments go to ctest, e.g. -R cli.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

build_directory=$root/build
options=(-DCMAKE_BUILD_TYPE=Release)
if [ "${1-}" = --sanitize ]; then
  shift
  build_directory=$root/build-sanitize
  options=(-DCMAKE_BUILD_TYPE=RelWithDebInfo -DUNECHO_SANITIZE=address,undefined)
  # An exit code of its own: 1 is what many tests expect of unecho itself.
  export ASAN_OPTIONS=exitcode=99:detect_stack_use_after_return=1:strict_string_checks=1
  export UBSAN_OPTIONS=exitcode=99:print_stacktrace=1
fi

install_packages "${build_packages[@]}" "${test_packages[@]}"
build "$build_directory" -- "${options[@]}" -DUNECHO_BUILD_TESTS=ON
# 55 MB from the package index. Without it the cases of tables say that they were skipped.
[ "$build_directory" != "$root/build" ] || "$root/scripts/parquet.sh" "$build_directory" || say "tables (Parquet, Arrow) are not tested"

"$root/scripts/slurm.sh" "$build_directory" || say "Slurm is not here: a stand-in for sbatch takes its place in the tests"

results=$build_directory/test_results.xml
rm -f "$results"
status=0
ctest --test-dir "$build_directory" --output-on-failure --no-tests=error -j"$jobs" --output-junit "$results" "$@" || status=$?

count() { tr '\n\t' '  ' < "$results" | grep -oE '<testsuite [^>]*' | grep -oE " $1=\"[0-9]+" | grep -oE '[0-9]+' || echo 0; }
[ -e "$results" ] || { echo "no test was run"; exit 1; }
# What was skipped, and why: as a rule there is no shared data beside the checkout.
python3 - "$results" <<'END'
import re
import sys
import xml.etree.ElementTree

reasons = {}
for case in xml.etree.ElementTree.parse(sys.argv[1]).iter("testcase"):
    if case.find("skipped") is None:
        continue
    why = re.search(r": Skipped\n(.*)|^skipped: (.*)", case.findtext("system-out") or "", re.MULTILINE)
    reasons.setdefault((why.group(1) or why.group(2)) if why else "", []).append(case.get("name").split(" ")[0])
for why, names in reasons.items():
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    print(f"skipped{': ' if why else ''}{why}: {', '.join(names[:3])}{more}")
END
failed=$(count failures)
skipped=$(( $(count skipped) + $(count disabled) ))
echo "$(( $(count tests) - failed - skipped )) passed, $failed failed$([ "$skipped" -eq 0 ] || echo ", $skipped skipped")"
exit "$status"
