# A field of a head ends where the text begins, at a ruler, and at a link behind a blank line.
printf -- '---\ntitle: Rope\ndate: 2024-01-01\n---\n\nRopes are of hemp.\n' >post.md
unecho segment -q post.md | jq -c '[.title, .text, .fields]'
printf 'Title: %s\nDate: %s\n\n%s\n\n' Rope 2024-01-01 'Ropes are of hemp. They are long.' \
  Lamp 2024-01-02 'Lamps are of glass. They are hot.' Kite 2024-01-03 'Kites are of paper. They fly.' >labels.txt
unecho segment -q labels.txt | jq -c '[.title, .text, .fields]'
# Documents of YAML are no posts: their keys come in any order.
for i in 1 2 3; do printf -- '---\nid: %s\ntext: Ropes of kind %s are of hemp.\ntitle: Rope\n' $i $i; done >stream.yaml
unecho segment stream.yaml 2>&1 || echo "exit code $?"
# A post whose text has labels is one.
printf -- '---\ntitle: Rope\n---\n\nNote: ropes are of hemp.\n' >note.md
unecho segment -q note.md | jq -c '[.title, .text]'
