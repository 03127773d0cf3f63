# XML whose names nobody knows: what repeats is a record; where nothing does, the source is one document.
{
  printf '<?xml version="1.0"?>\n<x:rulings xmlns:x="urn:x"><x:meta/>\n'
  for i in 1 2 3; do
    printf '<x:ruling><x:rulingTitle>Case %d</x:rulingTitle><x:judge>A. B.</x:judge><x:grounds>The court finds, for reasons numbered %d, that the sum is owed in full and without delay.</x:grounds></x:ruling>\n' $i $i
  done
  printf '</x:rulings>\n'
} >rulings.xml
unecho segment -q rulings.xml -o rulings.jsonl --provenance p.jsonl
equal '"Case 1""Case 2""Case 3"' "$(jq .title rulings.jsonl | tr -d '\n')" titles
equal "The court finds, for reasons numbered 2, that the sum is owed in full and without delay." "$(sed -n 2p rulings.jsonl | jq -r .text)" text
unecho audit -q --provenance p.jsonl --corpus rulings.jsonl rulings.xml || fail audit
unecho inspect rulings.xml | grep -q "<ruling> repeats, 3 times" || fail "$(unecho inspect rulings.xml)"
# Paragraphs repeat, and are no records. Nor is a document of a known name its title alone.
for root in essay article; do
  printf '<?xml version="1.0"?><%s><head><title>On Rain</title></head><part><p>It rained for nine days in the valley below us.</p>\n<p>Then it was dry.</p></part></%s>' $root $root >$root.xml
  equal '["On Rain","It rained for nine days in the valley below us.\nThen it was dry."]' \
    "$(unecho segment -q $root.xml | jq -c '[.title, .text]')" $root
done
# A thread has records in records: refused, and the message says what to do.
printf '<?xml version="1.0"?><o><node a="1" b="2">w<node a="3" b="4">x</node><node a="5" b="6">y</node></node></o>' >outline.xml
expect_exit 1 unecho segment outline.xml -o none.jsonl
says stderr "outline.xml" "no element is known as a record" "--layout text"
absent none.jsonl
# A page is HTML whatever stands before its doctype.
printf 'Notice: a script said something\n<!-- saved -->\n<!DOCTYPE html>\n<html><head><title>Birds</title></head><body><p>We count swans.</p></body></html>\n' >page.txt
equal Birds "$(unecho segment -q page.txt | jq -r .title)" "title of the page"
# Folders in an outline are none; rows say what they say in attributes.
printf '<?xml version="1.0"?><opml><head><title>Feeds</title></head><body><outline text="All"><outline title="On Rain" type="rss" url="a"/><outline title="On Snow" type="rss" url="b"/></outline></body></opml>' >feeds.opml
equal "On Rain On Snow" "$(unecho segment -q feeds.opml | jq -r .title | paste -sd ' ')" titles
printf '<?xml version="1.0"?><log><ev Id="1" Subject="A" Text="one two"/><ev Id="2" Subject="B" Text="three"/></log>' >rows.xml
equal '["A","one two"]["B","three"]' "$(unecho segment -q rows.xml | jq -c '[.title, .text]' | tr -d '\n')" rows
# Notes of an outline are its texts, and its words their titles. Folders with notes of their own are named.
printf '<opml><body><outline text="Oil" _note="It burns in lamps of clay and of glass."/><outline text="Gas" _note="It burns in lamps, and is made of coal."/></body></opml>' >notes.opml
equal 'Oil: It burns in lamps of clay and of glass.' "$(unecho segment -q notes.opml | head -1 | jq -r '"\(.title): \(.text)"')" "a note"
printf '<opml><body><outline text="Lamps" _note="Here is what I know of all lamps."><outline text="Oil" _note="It burns in lamps of clay and of glass."/><outline text="Gas" _note="It burns in lamps, and is made of coal."/></outline></body></opml>' >folders.opml
unecho segment folders.opml 2>&1 >/dev/null | grep '^look at' >said
says said "<outline> with others inside are no records, though they have texts of their own"
# Records behind a head of more than what is looked at: what was taken is named, and the option.
{ printf '<export><head>'; for i in $(seq 1500); do printf '<setting><key>k%d</key><val>value of the setting %d</val></setting>' $i $i; done; printf '</head>'
  for i in $(seq 500); do printf '<lamp><label>Lamp %d</label><remark>This lamp has number %d and gives light to all.</remark></lamp>' $i $i; done; printf '</export>'; } >late.xml
unecho segment late.xml 2>&1 >/dev/null | grep '^look at' >said
says said "belong to no record (--record NAME says what is one)"
equal 500 "$(unecho segment -q --record lamp late.xml | wc -l)" "lamps"
