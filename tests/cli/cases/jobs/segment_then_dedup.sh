# Stage by stage: at .8 the three edited copies stay.
dumps
unecho segment -q dumps/*.txt | unecho dedup -q --threshold 0.8 | wc -l
