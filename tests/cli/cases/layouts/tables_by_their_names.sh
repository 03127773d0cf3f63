# A table is one by the names of its columns, in whatever language, however few rows it has.
text() { unecho segment -q "$@" | jq -c '[.title, .text]'; }
printf 'id,text\n1,"The rain fell all night, and the roof was wet."\n' >one.csv
equal '["","The rain fell all night, and the roof was wet."]' "$(text one.csv)" "one row"
printf 'text\tlabel\nThe rain fell all night.\tpos\n' >one.tsv
equal '["","The rain fell all night."]' "$(text one.tsv)" "one row between tabs"
printf 'id,texto\n1,La lluvia cae toda la noche.\n' >uno.csv
equal '["","La lluvia cae toda la noche."]' "$(text uno.csv)" "one row in Spanish"
printf 'titel,datum,inhalt\nRegen,2024-01-03,Es regnet.\nSchnee,2024-01-04,Es schneit.\n' >de.csv
equal '["Regen","Es regnet."]' "$(text de.csv | head -1)" "a title in German"
printf 'заголовок,текст\nДождь,Дождь шёл всю ночь.\nСнег,Снег лежал долго.\n' >ru.csv
equal '["Дождь","Дождь шёл всю ночь."]' "$(text ru.csv | head -1)" "a title in Russian"
# Prose with commas is none, nor are two words.
printf 'The text, they said, was lost\nand the title, too, was gone.\n' >prose.txt
equal 2 "$(text prose.txt | wc -l)" "lines of prose"
# Single quotes are refused with what to do, and not read as lines.
printf "'id','title'\n'1','Rain, again'\n'2','Snow'\n" >quotes.csv
expect_exit 1 unecho segment quotes.csv
says stderr "single quotes" "quotechar"
printf "'Tis the night, and all\n'twas cold, and white\n" >poem.txt
equal 2 "$(text poem.txt | wc -l)" "lines that begin with a quote"
