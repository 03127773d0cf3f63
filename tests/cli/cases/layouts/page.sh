# Furniture, date, title and abstract in turn.
cat >tiny.txt <<'END'
new

Get trending papers in your email inbox!

Subscribe

byAK and the research community

Mar 14

Counting Sheep in Fog

We count sheep in fog. It is harder than counting them in sunshine, and the error grows with the square of the distance.

Is Sleep All You Need?

We review four hundred nights. The answer is a cautious yes, with the exception of the nights that were spent on reviewing.
END
unecho segment -q tiny.txt | jq -c 'del(.id)'
