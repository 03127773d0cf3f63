# A crawl: one gzip member a record, an HTML page in Latin-1 and in chunks, plain text, and what carries no text.
record() {   # TYPE CONTENT_TYPE BODY
  printf 'WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: http://example.org/\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n' \
    "$1" "$2" "$(wc -c <"$3")"
  cat "$3"
  printf '\r\n\r\n'
}
printf 'software: x\r\n' >info
printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1\r\nTransfer-Encoding: chunked\r\n\r\n2b\r\n<title>A page</title><nav>menu</nav><p>caf\xe9\r\n1c\r\n</p><script>x</script><p>two\r\n0\r\n\r\n' >page
printf 'First line\nof a text\n' >text
{ record warcinfo application/warc-fields info | gzip; record response application/http page | gzip
  record conversion text/plain text | gzip; } >crawl.warc.gz
unecho segment -q crawl.warc.gz --id-field WARC-Target-URI --provenance p.jsonl | jq -c '{ref, title, text}'
jq -c '{ref, fate, reason, id}' p.jsonl
