# -h is short, --help is long.
unecho -h >short
unecho --help >long
says short clean segment dedup audit
[ "$(wc -l <short)" -lt "$(wc -l <long)" ] || fail "-h is not shorter than --help"
[ "$(wc -l <short)" -le 40 ] || fail "-h has more than 40 lines"
