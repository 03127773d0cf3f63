# A page of links, votes, authors and dates between titles and abstracts, below front matter.
{
  printf -- '---\ntitle: "Daily Papers"\n---\n\n# Daily Papers\nDaily Papers\n\nModels\n\nhttps://p.example/models\n\n'
  printf 'Get trending papers in your email inbox once a day!\n\nby \n\nAK\n\n and the research community\n\nMar 25\n\n'
  for i in 1 2 3; do
    printf ' [-] %s\n\nhttps://p.example/login?next=%s\n\nA Study of Lake %s\n\nhttps://p.example/%s\n\n' $i $i $i $i
    printf 'We count swans on lake %s. There are %s of them, and they are white.\n\nhttps://p.example/%s\n\n[\n\n' $i $i $i
    printf '%s authors](https://p.example/%s)\n\n·\n\nOct %s, 2024\n\n' $i $i $i
  done
} >page.txt
unecho segment -q page.txt | jq -c '[.title, .text, .snapshot]'
