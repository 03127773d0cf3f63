unecho --version >version
grep -qE '(^| )[0-9]+\.[0-9]+\.[0-9]+' version || fail "no version: $(cat version)"
