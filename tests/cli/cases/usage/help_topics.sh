# `unecho help` lists what there is, each topic can be asked for, and an unknown one is told what there is.
unecho help >topics
says topics 'usage: unecho clean' 'layouts' 'rules' 'report'
for topic in $(sed -n 's/^  \([a-z]*\)  *.*/\1/p; s/^and the commands: //p' topics | tr -d ','); do
  unecho help "$topic" >text
  [ -s text ] || fail "nothing is said of $topic"
  ! grep -nE '^(```|#|<!--)|\*\*' text >&2 || fail "$topic has marks of Markdown"
done
# A page has its sections and its examples; of a command that has the same name, the help stands below.
unecho help report >text
says text 'PROVENANCE' '    $ sed -n' '* `witness`: ' 'THE COMMAND report' '--tune'
unecho help layouts >text
says text 'The engine pattern' '--show'
# A command has its --help, also where it needs arguments.
unecho audit --help >want
unecho help audit | cmp - want
# The manual has all options.
unecho help unecho >text
says text 'EXIT STATUS' '`--memory` SIZE:' '[16MiB]' 'html_entities'
# An option is a topic, with or without its dashes.
unecho help threshold >text
says text 'Option of clean, dedup, audit, explain, shard:' '--threshold SHARE=0.7'
unecho help -- --threshold | cmp - text
unecho help --threshold | cmp - text
unecho help json >text
says text 'Option of stats:'

# So is each part of a page, by its heading, or the beginning of that.
unecho help works >text
says text 'WORKS' '--review'
! grep -q 'EVALUATION SETS' text || fail "another part is there"
unecho help exit status >text
says text 'EXIT STATUS' '130, 143, 129, 131'
unecho help exit | cmp - text
unecho help Exit-Status | cmp - text
unecho help rules file >text
says text 'RULES FILE'
unecho help options >text
says text 'OPTIONS' '`--memory` SIZE:'
sed -n 's/^and the parts of the manual: //p' topics | sed 's/, /\n/g' >parts
[ "$(wc -l <parts)" -gt 8 ] || fail "parts are not listed"
while read -r part; do
  unecho help $part >text
  ! grep -nE '^(```|#|<!--)|\*\*' text >&2 || fail "$part has marks of Markdown"
done <parts
expect_exit 2 unecho help wroks
says stderr 'did you mean works?'

expect_exit 2 unecho help nonsense
says stderr 'help nonsense: no such topic; there are unecho, layouts, rules, report, index, clean'
says stderr "Try 'unecho help'."
# -h behind a command is of that command, and short.
for command in clean segment dedup audit inspect explain tune stats index report layouts help; do
  unecho $command -h >short
  says short "usage: unecho $command" "'unecho $command --help' says what each does."
  [ "$(wc -l <short)" -le 40 ] || fail "the short help of $command is long"
  ! grep -n '.\{80\}' short || fail "it is wide"
  unecho $command --help >long
  says long "Usage: unecho $command"
done
# The names of commands are only topics behind `help`.
expect_exit 2 unecho clean segment
says stderr 'give one command'
