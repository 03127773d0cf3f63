#!/usr/bin/env python3
"""Spark's own MinHashLSH on a file, as its guide has it: words, 5-grams of them, hashed into binary vectors, six tables (which find 99.9 %
of the pairs at .7), a join of the frame with itself by distance, and then the first of the same stays. Prints what it took as JSON.

usage: spark_minhash.py SOURCE.jsonl KEPT.jsonl MASTER
"""
import json
import os
import pathlib
import sys
import time

from pyspark.ml.feature import HashingTF, MinHashLSH, NGram, RegexTokenizer
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

THRESHOLD, SHINGLE, TABLES = 0.7, 5, 6


def shuffled(spark):
    """Bytes that tasks have written for other tasks to read, as Spark itself counts."""
    executors = spark.sparkContext._jsc.sc().statusStore().executorList(False)
    return sum(executors.apply(number).totalShuffleWrite() for number in range(executors.size()))


def cpu_seconds(spark):
    """Of the driver's JVM, which is the executor, too, and of the processes below it."""
    processes = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:   # it has ended
            continue
        processes[int(stat.parent.name)] = (int(fields[1]), sum(map(int, fields[11:15])))
    below = {spark.sparkContext._gateway.proc.pid}
    while True:
        more = {pid for pid, (parent, _) in processes.items() if parent in below} - below
        if not more:
            break
        below |= more
    return sum(processes[pid][1] for pid in below if pid in processes) / os.sysconf("SC_CLK_TCK")


def main():
    source_path, kept_path, master = sys.argv[1:]
    spark = (SparkSession.builder.master(master).config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false").config("spark.sql.shuffle.partitions", "8")
             .config("spark.driver.memory", "2g").getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")
    begin = time.monotonic()
    rows = spark.read.schema("id string, text string").json(source_path).withColumn("number", F.monotonically_increasing_id())
    words = RegexTokenizer(inputCol="text", outputCol="words", pattern=r"[^\p{L}\p{M}\p{N}]+").transform(rows)
    shingles = NGram(n=SHINGLE, inputCol="words", outputCol="shingles").transform(words).where(F.size("shingles") > 0)
    vectors = HashingTF(inputCol="shingles", outputCol="vector", numFeatures=1 << 20, binary=True).transform(shingles).select("number", "vector").cache()
    model = MinHashLSH(inputCol="vector", outputCol="hashes", numHashTables=TABLES, seed=1).fit(vectors)
    pairs = model.approxSimilarityJoin(vectors, vectors, 1 - THRESHOLD + 1e-9, distCol="distance")
    pairs = pairs.select(F.col("datasetA.number").alias("a"), F.col("datasetB.number").alias("b")).where("a < b")
    found = sorted((row.b, row.a) for row in pairs.collect())
    # The first of the same stays: what is removed has a pair with one that stays.
    removed, last, has_witness = set(), None, False
    for later, earlier in found:
        if later != last and has_witness:
            removed.add(last)
        if later != last:
            last, has_witness = later, False
        has_witness = has_witness or earlier not in removed
    if has_witness:
        removed.add(last)
    seconds = time.monotonic() - begin
    numbers = [row.number for row in rows.select("number").collect()]
    with open(source_path, "rb") as source, open(kept_path, "wb") as kept:
        for number, line in zip(numbers, source):
            if number not in removed:
                kept.write(line)
    print(json.dumps({"seconds": seconds, "pairs": len(found), "cpu_seconds": cpu_seconds(spark), "shuffled_bytes": shuffled(spark), "version": spark.version}))
    spark.stop()


if __name__ == "__main__":
    main()
