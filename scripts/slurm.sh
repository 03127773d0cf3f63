#!/usr/bin/env bash
# Slurm for the tests of `unecho shard slurm`, from the packages of Debian, unpacked into build/slurm: nothing is installed, and no
# service begins. tests/clusters/slurm.py starts what it needs of it.
#   scripts/slurm.sh [BUILD_FOLDER]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

folder=${1:-$root/build}/slurm
[ ! -e "$folder/complete" ] || exit 0
command -v apt-get >/dev/null || { say "no apt-get here, from which Slurm would come"; exit 1; }
rm -rf "$folder"
mkdir -p "$folder/packages/partial"
say "fetching Slurm"
# With what it needs and this machine does not have.
fetch=(apt-get -qq -y --no-install-recommends --download-only -o "Dir::Cache::archives=$folder/packages" -o Debug::NoLocking=1
  -o APT::Sandbox::User= install slurmctld slurmd slurm-client slurm-wlm-basic-plugins)
"${fetch[@]}" >&2 || { [ "$(id -u)" -eq 0 ] && apt-get -qq update >&2 && "${fetch[@]}" >&2; }
for package in "$folder"/packages/*.deb; do dpkg -x "$package" "$folder/root"; done
rm -r "$folder/packages"
touch "$folder/complete"
