# One own sentence in a common frame: with the frame left out all topics stay, and only what says the same goes.
own=("Tailor swimmer singer sailor carter anchor dancer timber drummer." "Painter market miller mirror pilot river timber chapel hollow."
  "Cooper meadow thinker ledger pencil singer drummer thinker smith." "Candle thinker ledger ladder bridge carpet harbour ribbon carter.")
topics=("brain tumours" "mosquitoes" "persuasive writing" "home networks")
line() {
  jq -nc --arg topic "$1" --arg own "$2" '{id: $topic, text: "Hey Emmy, have you ever heard of \($topic)? Yes Tomas, I have, and I think it is important that everybody learns about it in a safe and friendly way. Let us talk it through step by step so that nobody is left behind. \($own) That was very helpful, thank you Emmy. You are welcome Tomas, and remember that you can always ask a trusted adult. See you next week."}'
}
for i in 0 1 2 3; do line "${topics[i]}" "${own[i]}"; done >in.jsonl
line "home  NETWORKS" "${own[3]}" >>in.jsonl                       # equal to the fourth
line "my home networks" "${own[3]}" >>in.jsonl                     # near to it, without the frame too
line frame "" >>in.jsonl                                           # the frame, and a part of it
echo '{"id": "tail", "text": "You are welcome Tomas, and remember that you can always ask a trusted adult."}' >>in.jsonl
unecho dedup -f -q in.jsonl --threshold .5 | jq -r .id
echo ---
unecho dedup -f in.jsonl --ignore-common 4 --threshold .6 --provenance p.jsonl --report r.json -o c.jsonl 2>stderr
jq -r .id c.jsonl
jq -r '[.ref, .fate, .witness, .similarity] | join(" ")' p.jsonl
grep ^common stderr
jq -c '.common, .parameters.ignore_common' r.json
unecho audit -q --recall --report r.json --provenance p.jsonl --corpus c.jsonl
unecho audit -q --recall --ignore-common 4 --threshold .6 --provenance p.jsonl --corpus c.jsonl in.jsonl
expect_exit 1 unecho audit -q --threshold .6 --provenance p.jsonl --corpus c.jsonl in.jsonl
# The same bytes whatever the run is like; the exact join, and a pipe.
for options in "--threads 1 --batch-size 1KiB" "--threads 3" --exact-join; do
  # shellcheck disable=SC2086
  unecho dedup -f -q in.jsonl --ignore-common 4 --threshold .6 $options --provenance again.jsonl >again
  same p.jsonl again.jsonl
  same c.jsonl again
done
unecho dedup -f -q --ignore-common 4 --threshold .6 --stdin-name in.jsonl --provenance again.jsonl <in.jsonl >again
same p.jsonl again.jsonl
unecho explain 'in.jsonl#6' --report r.json --provenance p.jsonl | grep -A4 ^shingles | cut -c1-110
# What cannot be meant.
expect_exit 2 unecho dedup in.jsonl --ignore-common 1
cat stderr
expect_exit 2 unecho segment in.jsonl --ignore-common 3
cat stderr
expect_exit 2 unecho tune in.jsonl --ignore-common 3
