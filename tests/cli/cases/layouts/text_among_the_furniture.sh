# Text that a layout takes for furniture is named at the end of a run, wherever batches end.
{
  printf '| Title | Abstract |\n|---|---|\n| Swans | We count swans. |\n| Geese | We count geese. |\n\n'
  printf '| Bird | Remark |\n|---|---|\n'
  printf '| Tern | It was seen by all of us, twice a day. |\n| Gull | It was not seen, and nobody knows why it stayed away. |\n'
} >tables.md
unecho dedup --dry-run tables.md 2>&1 | grep '^look'
for i in $(seq 200); do printf '| Title | Abstract |\n|---|---|\n| Swans %s | We count swans on lake %s. |\n\n' $i $i; done >many.md
cat tables.md tables.md >>many.md
unecho dedup --dry-run many.md --batch-size 4K 2>&1 | grep '^look'
unecho dedup --dry-run many.md 2>&1 | grep '^look'
