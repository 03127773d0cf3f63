# Votes, senders and times stand beside entries, and change from day to day: on pages, in lines, below headings.
for i in 1 2 3; do
  printf 'A Study of Lake %s\n\nSubmitted %s May · 3 comments\n\nWe count swans on lake %s. They are white.\n\n' $i $i $i
done >page.txt
unecho segment -q page.txt | jq -c '[.title, .text]'
for i in 1 2 3; do printf '%s. A Study of Lake %s (x.org)\n2%s points by ann %s hours ago | hide | 3 comments\n' $i $i $i $i; done >lines.txt
unecho segment -q lines.txt | jq -c '[.title, .text]'
for i in 1 2 3; do printf '## A Study of Lake %s\n\nLast updated %s May 2025\n\nWe count swans on it.\n\n' $i $i; done >listing.md
unecho segment -q listing.md | jq -c '[.title, .text]'
# A date below a title is that of the entry.
for i in 1 2 3; do printf 'A Study of Lake %s\n\n1%s March 2025\n\nWe count swans on lake %s. They are white.\n\n' $i $i $i; done >dates.txt
unecho segment -q dates.txt | jq -c '[.title, .snapshot]'
