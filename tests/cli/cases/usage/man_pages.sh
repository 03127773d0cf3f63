# The pages under docs/ become man pages that man, groff and mandoc have nothing to say against.
command -v lowdown >/dev/null || skip "no lowdown, which makes man pages of Markdown"
root=$DATA/..
unecho --generate markdown >unecho.1.md
cp "$root"/docs/*.5.md .
[ "$(ls ./*.md | wc -l)" = 5 ] || fail "which pages? $(ls)"
for page in *.md; do
  name=${page%.md}
  "$root/scripts/man_page.sh" "$page" "$name" 0.1.0 >"$name"
  says "$name" '.SH NAME' '.SH DESCRIPTION' '.SH SEE ALSO'
  ! grep -nE '^\.(SH|SS)$|\*\*|<!--|\\fC' "$name" >&2 || fail "$name has marks of Markdown"
  if command -v man >/dev/null; then
    MANWIDTH=80 man --warnings -l "$name" >shown 2>warnings
    [ ! -s warnings ] || { cat warnings >&2; fail "man has something against $name"; }
    says shown "$(tr '[:lower:]' '[:upper:]' <<<"${name%.*}")(${name##*.})"
  fi
  if command -v groff >/dev/null; then groff -k -man -Tutf8 -ww -z "$name"; fi
  if command -v mandoc >/dev/null; then mandoc -Tlint -W error "$name"; fi
done
# Every command has a section, and the options stand in the manual.
for command in $(unecho 2>&1 >/dev/null | sed -n 's/.*give a command: //p' | tr -d ',' | sed 's/ or / /'); do
  grep -qx "## $command" unecho.1.md || fail "unecho(1) has no section for $command"
done
says unecho.1 '--threshold' '--provenance' '--memory'
