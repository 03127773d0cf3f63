# Archives, tables and programs are no dumps: the run says what they are and what to do, and writes nothing.
mkdir files && printf 'A line of text.\n' >files/a.txt
tar cf dump.tar files
gzip -k dump.tar
head -c 3000 /bin/sh >program
python3 -c 'import zipfile; zipfile.ZipFile("dump.zip", "w").write("files/a.txt")'
head -c 2000 /dev/zero | tr '\0' '\1' | sed 's/./a\x00b\n/g' >zeros
for case in 'dump.tar:tar archive' 'dump.tar.gz:tar archive' 'dump.zip:unzip -p' 'program:a program'; do
  expect_exit 1 unecho clean "${case%%:*}" -o corpus.jsonl
  says stderr "${case%%:*}" "${case#*:}" "not text"
  expect_exit 1 unecho inspect "${case%%:*}"
  absent corpus.jsonl
done
expect_exit 1 unecho clean --layout lines dump.tar -o corpus.jsonl
expect_exit 1 unecho clean zeros -o corpus.jsonl
says stderr "zeros" "are zero" "--encoding" "--layout lines"
unecho clean -q --layout lines zeros -o corpus.jsonl
expect_exit 1 unecho clean -o none.jsonl <dump.tar
says stderr "standard input is a tar archive"
