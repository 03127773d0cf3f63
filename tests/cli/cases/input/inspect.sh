# What a file is, and why; a file that cannot be read does not stop the others.
cp "$DATA"/page_3.txt .
printf 'caf\351 one\ncaf\351 two\n' | gzip > latin.txt.gz
status=0
unecho inspect page_3.txt missing.txt latin.txt.gz 2>stderr || status=$?
equal 1 $status "exit code"
says stderr "missing.txt: cannot be opened"
