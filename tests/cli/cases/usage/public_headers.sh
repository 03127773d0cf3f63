# Every public header says what it costs, who may call it from which threads, and how it fails, before anything else.
for header in "$DATA"/../include/unecho/*.h; do
  sed '/^#ifndef/q' "$header" >head
  for line in 'Threads:' 'Failure:'; do says head "$line"; done
  grep -qE 'Cost:|Memory:' head || fail "$header does not say what it costs"
done
