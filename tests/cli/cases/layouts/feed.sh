# The same papers in the feeds of two days: votes differ, texts do not. HTML in a description is read as text.
feed() {
  printf '<?xml version="1.0"?>\n<rss xmlns:dc="x"><channel><title>Papers</title>\n'
  printf '<item><title>On &lt;i&gt;sleep&lt;/i&gt; &amp;amp; sheep</title><pubDate>%s</pubDate>' "$1"
  printf '<description>&lt;p&gt;&lt;b&gt;Upvotes:&lt;/b&gt; %s&lt;/p&gt;&lt;p&gt;&lt;b&gt;Summary:&lt;/b&gt; We count&lt;br&gt;caf&amp;eacute;s.&lt;/p&gt;</description></item>\n' "$2"
  printf '<item><title>No text</title></item>\n<item><title>Not closed\n</channel></rss>\n'
}
feed 'Mar 14' 3 >one.xml
feed 'Mar 15' 712 >two.xml
unecho clean -q one.xml two.xml --provenance p.jsonl | jq -c '{ref, title, text, snapshot}'
jq -c '{ref, fate, reason, witness}' p.jsonl
