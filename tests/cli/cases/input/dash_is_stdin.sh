dumps
unecho clean -q dumps/page_1.txt - --stdin-name dumps/page_2.txt dumps/page_3.txt <dumps/page_2.txt >with_dash
unecho clean -q dumps/*.txt >files
same files with_dash
