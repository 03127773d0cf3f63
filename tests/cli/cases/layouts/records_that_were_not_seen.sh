# A word where a source became one text, or a record a line, although it looks like records of several lines.
look() { unecho dedup --dry-run "$1" 2>&1 | grep '^look' || true; }
body='Lichens spread over slate roofs in nine towns, and nobody knows why.'
for name in Slate Reed Tin Straw; do printf 'On Roofs of %s\n%s\n\n' $name "$body"; done >titles.txt
look titles.txt
for i in 1 2 3 4; do printf 'On Slate Roofs %s\n%s\n***\n' $i "$body"; done >stars.txt
look stars.txt
for name in Ann Carl Eva Gil; do printf 'Dear %s,\n\n%s And %s knows.\n\nYours,\nKai\n\n-----\n\n' $name "$body" $name; done >letters.txt
look letters.txt

# It was said what they are, or they are seen.
unecho dedup --dry-run titles.txt --layout text 2>&1 | grep -c '^look' || true
unecho dedup --dry-run titles.txt --record-separator '^$' 2>&1 | grep -c '^look' || true
for i in 1 2 3 4; do printf 'On Slate Roofs %s\n\n%s\n\n-----\n\n' $i "$body"; done >page.txt
look page.txt
unecho segment -q page.txt | jq -c .title
for i in 1 2 3 4; do printf -- '- On Slate Roofs %s\n\n  %s\n\n' $i "$body"; done >items.md
unecho segment -q items.md | jq -c '[.title, .text]'
