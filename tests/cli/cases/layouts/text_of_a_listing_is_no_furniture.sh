# Footnotes, what stands behind the links of a bullet, keys above the title of a post, and the title of an introduction.
show() { unecho segment -q --force --provenance p.jsonl "$1" | jq -c '[.title, .text]'; }

printf '## Swans\n\nWe count swans.[^1]\n\n[^1]: From a boat, and twice a day.\n\n## Geese\n\nWe count geese [here][1].\n\n' >notes.md
printf '[1]: https://x.org/geese "Geese"\n' >>notes.md
show notes.md

{
  printf -- '- [Swans](https://x.org/1) [[code](https://x.org/c)] - We count swans.\n'
  printf -- '- [Geese](https://x.org/2), Ann Berg, 2024. We count geese from a boat, twice a day.\n'
  printf -- '- [Ducks](https://x.org/3) (we count ducks from the shore)\n'
  printf -- '- [Terns](https://x.org/4), Ann Berg, Carl Dahl, Eva Falk, Proceedings of Birds 2024\n'
} >bullets.md
show bullets.md

printf -- '---\nlayout: post\ntags:\n  - birds\ndescription: On swans\ntitle: Swans\ndate: 2024-03-14\n---\n\nWe count swans.\n\n' >posts.md
printf -- '---\n\nAnd once more.\n\n---\nlayout: post\ntitle: Geese\n---\n\nWe count geese.\n' >>posts.md
show posts.md
unecho segment -q posts.md | jq -c '[.fields.layout, .fields.description]'

{
  printf '# Birds\n\nWhat was counted, and where.\n\n'
  for bird in Swans Geese Ducks Terns; do printf '## [%s](https://x.org/1)\n\nWe count birds.\n\n' $bird; done
  printf '# Other\n\n## [Gulls](https://x.org/2)\n\nWe count gulls.\n\n# Links\n\nMore is elsewhere.\n'
} >parts.md
show parts.md
unecho dedup -q parts.md --rejects - --dry-run | jq -c '[.reason, .raw]'
