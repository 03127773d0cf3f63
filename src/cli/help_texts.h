// What -h prints, and what stands below every --help.
#ifndef UNECHO_SRC_CLI_HELP_TEXTS_H_
#define UNECHO_SRC_CLI_HELP_TEXTS_H_

namespace unecho {

inline constexpr char kShortHelp[] =
    R"(usage: unecho clean   [options] [FILE...]    dumps in, clean corpus out: segment + dedup in one pass
       unecho segment [options] [FILE...]    entries only
       unecho dedup   [options] [FILE...]    the same as clean, by another name
       unecho audit   --provenance FILE [options] [FILE...]    prove a finished run
       unecho inspect [options] [FILE...]    what each file is, and what would be read in it
       unecho explain REF --provenance FILE [options] [FILE...]    the whole story of one record
       unecho tune    [options] [FILE...]    which threshold: what each would remove, with borderline pairs
       unecho stats   PROVENANCE    the statistics of a finished run
       unecho index   info|check|export|merge INDEX    what an index of kept records holds (--index)
       unecho shard   ACTION FOLDER [options] [FILE...]    a run on many machines: plan it, and do its tasks
       unecho report  REPORT.json --provenance FILE [FILE...]    a finished run as a page for a browser
       unecho layouts [--show NAME]    the layouts that are built in
       unecho help    [COMMAND|TOPIC]    the help of a command, or a page of the manual

No FILE, or -, reads standard input; the corpus goes to standard output unless -o names a file.
Compression (gzip, bzip2, xz, lz4, zstd) is recognised by content, and made if the name of an output asks for it.
'unecho COMMAND -h' names the options of a command, 'unecho COMMAND --help' says what each does.
)";

inline constexpr char kFooter[] = R"(
Examples:
  unecho clean dumps/*.txt -o corpus.jsonl --provenance provenance.jsonl --report report.json
  cat dumps/*.txt | unecho clean > from_a_pipe.jsonl
  unecho segment dumps/*.txt | unecho dedup --threshold 0.8 | wc -l
  zstdcat old.jsonl.zst | unecho dedup --match-fields title,text --keep longest > clean.jsonl
  unecho clean dumps/*.txt --index papers.idx -o new.jsonl
  unecho audit --provenance provenance.jsonl --corpus corpus.jsonl dumps/*.txt
  unecho explain 'dumps/page_2.txt#16' --provenance provenance.jsonl dumps/*.txt
  unecho stats provenance.jsonl
  unecho report report.json --provenance provenance.jsonl
  unecho inspect dumps
  unecho tune dumps
  unecho clean dumps --quality gopher,c4 --languages en --pii mask > cleaned.jsonl

What may go wrong: a pair with similarity just above the threshold survives with probability below 1 in 1,000
(--exact-join makes it zero). A record is removed only for a kept one whose verified similarity reaches the threshold;
shingles are compared as 64-bit hashes of 32-bit word hashes, which err with probability below 1e-9 a comparison, and exact
repeats by 128-bit hashes.

Exit codes: 0 done, 1 failed, 2 usage, 130 interrupted (143 terminated), 141 output pipe closed.
)";

}  // namespace unecho

#endif  // UNECHO_SRC_CLI_HELP_TEXTS_H_
