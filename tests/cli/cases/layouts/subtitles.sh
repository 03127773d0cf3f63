# Subtitles: one text per file, or one record per cue. Numbers and times are no text.
printf '1\n00:00:01,000 --> 00:00:02,000\nI found myself\non <i>a rock</i>\n\n2\n00:00:03,000 --> 00:00:04,000\n1984\n' >film.srt
printf 'WEBVTT\n\nNOTE by hand\n\nc-1\n00:01.000 --> 00:02.000 align:start\n<v Ana>I found &amp; lost\n\nc-2\n00:03.000 --> 00:04.000\nYes.\n' >film.vtt
equal '"I found myself\non a rock\n\n1984""I found & lost\n\nYes."' "$(unecho segment -q film.srt film.vtt | jq .text | tr -d '\n')" texts
unecho segment -q --layout srt film.srt film.vtt -o cues.jsonl --provenance p.jsonl --report r.json
equal '"I found myself\non a rock""1984""I found & lost""Yes."' "$(jq .text cues.jsonl | tr -d '\n')" cues
unecho audit -q --provenance p.jsonl --corpus cues.jsonl --report r.json film.srt film.vtt || fail audit
unecho segment -q --layout srt film.srt -o whole.jsonl
{ head -c 40 film.srt; sleep .05; tail -c +41 film.srt; } | unecho segment -q --layout srt --stdin-name film.srt | cmp - whole.jsonl
printf 'no cue\nin here\n' >plain.txt
expect_exit 1 unecho segment --layout srt plain.txt
says stderr "layout srt finds no record"
