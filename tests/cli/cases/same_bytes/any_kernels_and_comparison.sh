# Every instruction set gives the same bytes, whatever is compared.
dumps
for what in words text code characters; do
  unecho clean -f -q dumps/*.txt --compare $what -o want.jsonl --provenance want_p.jsonl
  UNECHO_KERNELS=baseline unecho clean -f -q dumps/*.txt --compare $what --threads 1 --batch-size 1KiB -o got.jsonl --provenance got_p.jsonl
  same want.jsonl got.jsonl
  same want_p.jsonl got_p.jsonl
done
