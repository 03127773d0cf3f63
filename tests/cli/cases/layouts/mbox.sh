# Many messages: cut at "From " lines behind an empty line and above a field, and nowhere else; two encodings.
{ printf 'From a@b.example Mon Apr  5 10:00:00 1993\nFrom: a@b.example\nSubject: =?koi8-r?B?8NLJ18XU?=\nMessage-ID: <1@x>\nDate: Mon, 5 Apr 1993 10:00:00 GMT\n'
  printf 'Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: 8bit\n\n\xd0\xd2\xc9\xd7\xc5\xd4 \xcd\xc9\xd2\n\n'
  printf 'From c@d.example Tue Apr  6 10:00:00 1993\nFrom: c@d.example\nSubject: Where from\nMessage-ID: <2@x>\nDate: Tue, 6 Apr 1993 10:00:00 GMT\n\n'
  printf 'Un caf\xe9.\n>From here it goes on.\n\nFrom now on there is no more\nof it.\n\nFrom the side, too.\nNote: nothing.\n\n'
  printf 'From e@f.example Wed Apr  7 10:00:00 1993\nFrom: e@f.example\nSubject: Again\nMessage-ID: <3@x>\nDate: Wed, 7 Apr 1993 10:00:00 GMT\n\n'
  printf 'Un caf\xe9.\n>From here it goes on.\n\nFrom now on there is no more\nof it.\n\nFrom the side, too.\nNote: nothing.\n\n'; } >list.mbox
unecho segment -f -q list.mbox --id-field Message-ID --provenance p.jsonl | jq -c '{ref, title, text}'
jq -c '[.id, .offset, .bytes]' p.jsonl
# The same, however it arrives; and packed.
unecho segment -q list.mbox >whole
for bytes in 1 60 300 700; do
  { head -c $bytes list.mbox; sleep .05; tail -c +$((bytes + 1)) list.mbox; } | unecho segment -q --stdin-name list.mbox | cmp - whole
done
gzip -k list.mbox
unecho segment -q list.mbox.gz | cmp - whole
# The audit reads it again, and every claim holds; also under a limit that rejects messages.
unecho dedup -f -q list.mbox --keep Date:max -o corpus.jsonl --provenance p.jsonl --report r.json
unecho audit -q --provenance p.jsonl --report r.json --corpus corpus.jsonl list.mbox || fail audit
unecho segment -f -q list.mbox --max-record-bytes 235 --provenance p.jsonl --report r.json | jq -c .title
jq -c '[.ref, .reason]' p.jsonl
unecho audit -q --provenance p.jsonl --report r.json list.mbox || fail "audit of too long ones"
# Read as one text, its encoding is a guess again.
unecho segment --layout text list.mbox 2>stderr >/dev/null
says stderr "not UTF-8"
