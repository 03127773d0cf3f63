# Items of a list and members of a mapping; a block scalar holds what looks like an item; a title that lacks its quotes.
cat >papers.yaml <<'END'
# Papers of the year
topic: birds
papers:
- title: Swans: A Count
  abstract: |
    - We count swans.

    title: twice.
  year: 2001
# geese
- title: "Geese"
  title_html: <i>Geese</i>
  abstract: >
    We count
    geese.
- only a line
END
unecho segment -q papers.yaml --report r.json | jq -c '[.ref, .title, .text]'
jq -c '.ledger.bytes' r.json
printf 'K0:\n  title: One\n  abstract: First.\nK1:\n  title: Two\n  abstract: Second.\n' >map.yaml
unecho segment -q map.yaml | jq -c '[.title, .text]'
