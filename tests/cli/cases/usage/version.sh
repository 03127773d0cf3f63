unecho --version >version
grep -qE '(^| )[0-9]+\.[0-9]+\.[0-9]+' version || fail "no version: $(cat version)"
for word in -V version; do
  unecho $word >other
  cmp version other
done
