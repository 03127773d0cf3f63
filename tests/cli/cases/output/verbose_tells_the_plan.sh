# The parameters that were computed, and the memory plan.
dumps
unecho clean -v dumps/*.txt >/dev/null 2>talk
says talk band memory alone
