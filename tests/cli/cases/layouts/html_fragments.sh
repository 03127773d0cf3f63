# HTML is known by its document type or its root, whatever stands before them, and without them by all that is in it.
body='<article><h1>On Rain</h1><p>It rained for nine days in the valley.</p></article><p>Then it was dry.</p>'
page="<html><head><title>Rain</title></head><body>$body</body></html>"
printf '<!-- saved -->\n<!DOCTYPE html>\n%s' "$page" >comment.txt
printf '<?php f(); ?>\n%s' "$page" >php.txt
printf '<?xml version="1.0"?>\n<script>if (a < b) g();</script>%s' "$page" >script.txt
for file in comment.txt php.txt script.txt; do
  equal '["Rain","On Rain\n\nIt rained for nine days in the valley.\n\nThen it was dry."]' "$(unecho segment -q $file | jq -c '[.title, .text]')" $file
done
printf '%s\n%s\n' "$body" '<ul><li>ducks<li>geese</ul>' >fragment.txt
equal 'On Rain It rained for nine days in the valley. Then it was dry. ducks geese' "$(unecho segment -q fragment.txt | jq -r .text | xargs)" fragment
printf 'Rain<br>\nIt rained for nine days<br>\nin the valley.\n' >named.htm
equal 1 "$(unecho segment -q named.htm | wc -l)" "records of a page by its name"
# Markdown may begin with a tag, and so may a line.
printf '<p align="center"><img src="x"></p>\n\n# On Rain\n\nIt rained for nine days.\n\n## More\n\nThen it was dry.\n' >readme.md
equal text "$(unecho segment readme.md -o none.jsonl --report r.json -q; jq -r '.sources[0].layout' r.json)" readme
printf '<b>one</b> line of words\n<b>two</b> lines of words\n' >lines.txt
equal 2 "$(unecho segment -q lines.txt | wc -l)" lines
