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
printf '{\\rtf1\\ansi {\\pard Words.\\par}}\n' >doc.txt
expect_exit 1 unecho clean doc.txt -o corpus.jsonl
says stderr "doc.txt is a document of rich text (RTF), not text" "unrtf"
expect_exit 1 unecho clean --layout jsonl dump.tar -o corpus.jsonl
says stderr "a tar archive"
# Who asks for lines gets them. And text that speaks of mustard is text, however its bytes come.
unecho clean -q --layout lines dump.tar -o /dev/null
{ printf '%0255d' 0 | tr 0 a; printf ' custard is done when a spoon stays coated.\n'; } >recipe
unecho clean -q recipe -o recipe.jsonl
{ head -c 60 recipe; sleep .1; tail -c +61 recipe; } | unecho clean -q --stdin-name recipe | cmp - recipe.jsonl
expect_exit 1 unecho clean -o corpus.jsonl < <(head -c 60 dump.tar; sleep .1; tail -c +61 dump.tar)
says stderr "a tar archive"
expect_exit 1 unecho clean zeros -o corpus.jsonl
says stderr "zeros" "are zero" "--encoding" "--layout lines"
unecho clean -q --layout lines zeros -o corpus.jsonl
expect_exit 1 unecho clean -o none.jsonl <dump.tar
says stderr "standard input is a tar archive"
