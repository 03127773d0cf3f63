dumps
unecho segment -q dumps/*.txt | jq -r .title >titles
equal 92 "$(wc -l <titles)"
head -n 3 titles
