# Messages with labels, one after the other, are a record each, and no mail.
for i in 1 2 3; do printf 'Message: %d\nDate: Mon, 4 Mar 2024 10:1%d:12 +0100\nFrom: Ann %d <ann@example.org>\nSubject: Beans %d\n\nThey are ready,\nall %d of them.\n\n' $i $i $i $i $i; done >messages.txt
equal '["Beans 1","They are ready,\nall 1 of them."]' "$(unecho segment -q messages.txt | jq -c '[.title, .text]' | head -1)" message
equal 3 "$(unecho segment -q messages.txt | wc -l)" messages
{ head -c 100 messages.txt; sleep .05; tail -c +101 messages.txt; } | unecho segment -q --stdin-name messages.txt >piped
unecho segment -q messages.txt | cmp - piped
tail -n +2 messages.txt | grep -v '^Message' >mails.txt
equal 3 "$(unecho segment -q mails.txt | wc -l)" mails
# Two may be a mail that quotes another; one that says so is a mail.
head -16 mails.txt >two.txt
expect_exit 1 unecho segment two.txt
says stderr "--record-separator" "--layout mail"
sed '7s/.*/Ann wrote:/' two.txt >reply.txt
printf 'From: a@b.example\nTo: c@d.example\nSubject: Fwd: Rain\n\nSee below.\n\n-----Original Message-----\n\nFrom: e@f.example\nTo: a@b.example\nSubject: Rain\n\nIt rains.\n' >forward.eml
equal 1 "$(unecho segment -q forward.eml | wc -l)" forwarded
