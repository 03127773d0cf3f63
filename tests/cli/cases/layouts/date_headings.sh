# A heading without a text of its own that names days puts them in force for the records below it.
entry() { printf '\n## %s\n\nWe count %s in the gardens of the coast, and find more of them than before.\n' "$1" "$2"; }
for dates in 'Today|Yesterday' 'Q1 2025|Q2 2025' 'Week 11|Week 12' '2024-03-01|2024-03-02' '14. März 2025|15. März 2025' \
  'March 2025|April 2025' '2024|2025' 'vendredi 14 mars 2025|samedi 15 mars 2025' '14 марта 2025|15 марта 2025' \
  '14 Μαρτίου 2025|15 Μαρτίου 2025' 'ngày 14 tháng 3 năm 2025|ngày 15 tháng 3 năm 2025' '2025年3月14日|2025年3月15日' '2025-W11|2025-W12'; do
  first=${dates%|*} second=${dates#*|}
  { echo "# $first"; entry Beans beans; entry Peas peas; printf '\n# %s\n' "$second"; entry Leeks leeks; entry Carrots carrots; } >list.md
  equal "Beans $first;Peas $first;Leeks $second;Carrots $second;" \
    "$(unecho segment -q list.md | jq -r '"\(.title) \(.snapshot);"' | tr -d '\n')" "$first"
done
# On the second level, too; but one with a text of its own is a title.
{ printf '## Week 11\n'; entry Beans beans | sed 's/##/###/'; entry Peas peas | sed 's/##/###/'; } >weeks.md
equal 'Beans Week 11;Peas Week 11;' "$(unecho segment -q weeks.md | jq -r '"\(.title) \(.snapshot);"' | tr -d '\n')" weeks
{ entry Yesterday songs; entry Help songs; entry 'Let It Be' songs; } >songs.md
equal 'Yesterday null;Help null;Let It Be null;' "$(unecho segment -q songs.md | jq -r '"\(.title) \(.snapshot);"' | tr -d '\n')" songs
# A page in Chinese: titles and bodies are told apart, though no capital and no full stop of ASCII shows them.
printf '2025年3月14日\n\n花园中的水循环\n\n我们研究了花园中的水循环。结果表明方法有效。\n\n深根植物\n\n浅层土壤是一个挑战。我们提出了一种方法。\n\n围栏综述\n\n围栏可以阻挡鹿。高度比颜色更重要。\n' >page.txt
equal '花园中的水循环 2025年3月14日;深根植物 2025年3月14日;围栏综述 2025年3月14日;' \
  "$(unecho segment -q page.txt | jq -r '"\(.title) \(.snapshot);"' | tr -d '\n')" page
# A listing below front matter, without links.
{ printf -- '---\ntitle: Papers\n---\n'; entry Beans beans; entry Peas peas; entry Leeks leeks; entry Carrots carrots; } >front.md
equal 4 "$(unecho segment -q front.md | wc -l)" "front matter"
