#!/usr/bin/env python3
"""One peer on one input, through its own interface, in its own virtual environment (bench_peers.sh makes them).

usage: peers.py TOOL IN.jsonl OUT.jsonl WORK_DIR      reads the field "text" of IN, writes the lines it keeps to OUT

All are asked for the same: shingles of 5 lower-cased words, 14 bands x 8 rows, threshold .7 where the tool has one, one
process. Where the tool takes shingles, words are runs of letters and digits, as unecho has them for such text. Where it
cuts words itself, its setting that comes closest is used. Of several interfaces, the fastest.
"""
import json
import pathlib
import re
import sys

BANDS, ROWS, THRESHOLD, WIDTH = 14, 8, 0.7, 5
WORDS = re.compile(r"[^\W_]+").findall


def shingles(line):
    words = WORDS(json.loads(line)["text"].lower())
    if len(words) < WIDTH:
        return [" ".join(words)]
    return list(map(" ".join, zip(words, words[1:], words[2:], words[3:], words[4:])))


def rensa(source, target, work):
    from rensa import RMinHashDeduplicator
    index = RMinHashDeduplicator(threshold=THRESHOLD, num_perm=BANDS * ROWS, use_lsh=True, num_bands=BANDS)
    with open(source) as lines, open(target, "w") as out:
        chunk = []

        def flush():
            for line, is_new in zip(chunk, index.add_pairs([(line[1], shingles(line[0])) for line in chunk])):
                if is_new:
                    out.write(line[0])
            chunk.clear()
        for number, line in enumerate(lines):
            chunk.append((line, str(number)))
            if len(chunk) == 1000:
                flush()
        flush()


def gaoya(source, target, work):
    from gaoya.minhash import MinHashStringIndex
    index = MinHashStringIndex(hash_size=32, jaccard_threshold=THRESHOLD, num_bands=BANDS, band_size=ROWS, analyzer="word",
                               lowercase=True, ngram_range=(WIDTH, WIDTH), id_container="smallvec")
    with open(source) as lines, open(target, "w") as out:
        for number, line in enumerate(lines):
            text = json.loads(line)["text"]
            if not index.query(text):
                index.insert_document(number, text)
                out.write(line)


def datasketch(source, target, work):
    from datasketch import MinHash, MinHashLSH
    index = MinHashLSH(threshold=THRESHOLD, num_perm=BANDS * ROWS, params=(BANDS, ROWS))
    first = MinHash(num_perm=BANDS * ROWS)
    with open(source) as lines, open(target, "w") as out:
        for number, line in enumerate(lines):
            sketch = first.copy()
            sketch.update_batch([shingle.encode() for shingle in shingles(line)])
            if not index.query(sketch):
                index.insert(number, sketch)
                out.write(line)


def text_dedup(source, target, work):
    from datasets import load_from_disk
    from text_dedup.minhash import main
    kept = work / "kept"
    main(["--path", "json", "--data_files", source, "--split", "train", "--column", "text", "--cache_dir", str(work / "cache"),
          "--ngram", str(WIDTH), "--min_length", "1", "--num_perm", str(BANDS * ROWS), "--b", str(BANDS), "--r", str(ROWS),
          "--threshold", str(THRESHOLD), "--hash_func", "xxh3", "--num_proc", "1", "--output", str(kept)],
         standalone_mode=False)
    load_from_disk(str(kept)).to_json(target)


def datatrove(source, target, work):
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup import MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter
    from datatrove.utils.hashing import HashConfig
    from datatrove.utils.text import TextNormConfig
    from datatrove.utils.word_tokenizers import WordTokenizer

    class Words(WordTokenizer):   # the rule of the others, and faster than spaCy's, the default
        def word_tokenize(self, text):
            return WORDS(text)

        def sent_tokenize(self, text):
            raise NotImplementedError

        span_tokenize = sent_tokenize

    config = MinhashConfig(n_grams=WIDTH, num_buckets=BANDS, hashes_per_bucket=ROWS, hash_config=HashConfig(precision=64),
                           norm_config=TextNormConfig(norm_unicode_diacritics=False, norm_numbers=False))
    folder = work / "input"
    folder.mkdir()
    (folder / "input.jsonl").symlink_to(pathlib.Path(source).resolve())

    def stage(name, pipeline, tasks):
        LocalPipelineExecutor(pipeline=pipeline, tasks=tasks, workers=1, logging_dir=str(work / f"log_{name}")).run()

    def reader():
        return JsonlReader(str(folder))
    signature = MinhashDedupSignature(str(work / "signatures"), config=config, language=Words())
    stage("signatures", [reader(), signature], 1)
    stage("buckets", [MinhashDedupBuckets(str(work / "signatures"), str(work / "buckets"), config=config)], BANDS)
    stage("cluster", [MinhashDedupCluster(str(work / "buckets"), str(work / "remove"), config=config)], 1)
    writer = JsonlWriter(str(work / "kept"), output_filename="${rank}.jsonl", compression=None)
    stage("filter", [reader(), MinhashDedupFilter(str(work / "remove")), writer], 1)
    next((work / "kept").glob("*.jsonl")).replace(target)


def data_juicer(source, target, work):
    from data_juicer.config import init_configs
    from data_juicer.core import DefaultExecutor
    recipe = work / "recipe.json"   # JSON is YAML
    recipe.write_text(json.dumps({
        "project_name": "bench", "dataset_path": source, "export_path": target, "work_dir": str(work), "np": 1,
        "text_keys": "text", "open_tracer": False, "use_cache": False,
        "process": [{"document_minhash_deduplicator": {
            "tokenization": "space", "window_size": WIDTH, "lowercase": True, "ignore_pattern": r"[^\w\s]",
            "num_permutations": BANDS * ROWS, "jaccard_threshold": THRESHOLD, "num_bands": BANDS, "num_rows_per_band": ROWS}}]}))
    DefaultExecutor(init_configs(["--config", str(recipe)])).run()


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    tool, source, target, work = sys.argv[1:]
    work = pathlib.Path(work)
    work.mkdir(parents=True, exist_ok=True)
    tools = {f.__name__.replace("_", "-"): f for f in (rensa, gaoya, datasketch, text_dedup, datatrove, data_juicer)}
    sys.path.pop(0)   # this folder: "peers" is nobody's package, but a tool's name may be
    tools[tool](source, target, work)


if __name__ == "__main__":
    main()
