# Where nothing can be filled in, or nobody knows how, that is said before anything is written.
printf 'TY  - JOUR\nTI  - Sea fog\nAU  - Alund, M.\nPY  - 2011\nER  - \n' >a.ris
printf 'Sea fog\n\nThey slept for long.\n\nOf tides\n\nThey came and went.\n' >page.txt
for options in '--compare words' '--compare works --mark' '--compare works --repair all' '--compare works --pii drop'; do
  expect_exit 2 unecho clean --merge $options a.ris -o out.jsonl
  grep '^unecho' stderr
done
expect_exit 2 unecho segment --merge a.ris
expect_exit 1 unecho clean --compare works --merge a.ris page.txt --layout page --output-dir out
grep '^unecho' stderr
absent out.jsonl out/a.ris
# In objects anything has a place.
unecho clean -q --compare works --merge page.txt --layout page | wc -l
