dumps
expect_exit 1 bash -c 'unecho clean -q dumps/*.txt >/dev/full'
says stderr 'No space left'
for option in -o --provenance --report --rejects; do
  expect_exit 1 unecho clean -q dumps/*.txt $option /dev/full
  says stderr /dev/full
done
