# The message names the line and what there is.
printf '[gopher]\nmin_words = 1\n' >rules.toml
expect_exit 2 unecho dedup --rules rules.toml --quality gopher x.jsonl
says stderr 'rules.toml:2: unknown key "min_words"; [gopher] has: dup_para_frac'
expect_exit 2 unecho dedup --rules nowhere.toml x.jsonl
says stderr "--rules nowhere.toml: cannot be opened"
expect_exit 2 unecho dedup --repair nfd x.jsonl
says stderr "give all, none or some of html_entities"
expect_exit 2 unecho dedup --quality c5 x.jsonl
says stderr "gopher, c4, fineweb"
expect_exit 2 unecho dedup --pii hide x.jsonl
expect_exit 2 unecho dedup --languages english x.jsonl
says stderr "no language that CLD2 knows"
