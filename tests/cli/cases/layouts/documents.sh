# A file that is one document is one text, however it arrives.
printf '\\documentclass{article}\n\\begin{document}\nOne line.\n\nAnother paragraph.\n\\end{document}\n' >paper.tex
printf 'Reading charts\n==============\n\nA paragraph.\n\nUnits\n-----\n\nAnother paragraph.\n' >guide.rst
printf '#+TITLE: Notes\n* One\nA line.\n* Two\nAnother line.\n' >notes.org
printf '= Handbook\n:toc:\n\n== First\n\nA paragraph.\n' >book.adoc
printf '.TH TOOL 1\n.SH NAME\ntool \\- does it\n.SH DESCRIPTION\nIt does it.\n' >tool.1
printf '1\n00:00:01,000 --> 00:00:02,000\nHello there\n\n2\n00:00:03,000 --> 00:00:04,000\nand goodbye\n' >film.srt
printf 'From: a@b.example\nTo: c@d.example\nSubject: Rain\nDate: Mon, 5 Apr 1993 10:00:00 GMT\n\nIt rains.\n\nStill.\n' >letter.eml
for file in paper.tex guide.rst notes.org book.adoc tool.1 film.srt letter.eml; do
  equal 1 "$(unecho segment -q $file | wc -l)" "records of $file"
  { head -c 30 $file; sleep .05; tail -c +31 $file; } | unecho segment -q --stdin-name $file >piped
  unecho segment -q $file | cmp - piped
done
# One underlined title is no document; nor are lines that speak of mail.
printf 'Subject: one line\nanother line\nand more\n' >lines.txt
equal 3 "$(unecho segment -q lines.txt | wc -l)" lines
# Rulers between short lines are no titles.
printf 'a short line\n----------------------\nanother one\n----------------------\nand a third\n' >rulers.txt
[ "$(unecho segment -q rulers.txt | wc -l)" -gt 1 ] || fail "rulers were taken for titles"
