#!/usr/bin/env python3
"""unecho by the tasks of Spark; prints what it took as JSON.

usage: spark_shards.py UNECHO FOLDER SHARDS MASTER INPUT...
"""
import json
import sys
import time

import unecho_spark
from pyspark.sql import SparkSession
from spark_minhash import cpu_seconds, shuffled

UNECHO, FOLDER, SHARDS, MASTER, *INPUTS = sys.argv[1:]


def main():
    spark = SparkSession.builder.master(MASTER).config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    begin = time.monotonic()
    run = unecho_spark.clean(spark, INPUTS, FOLDER, shards=int(SHARDS), unecho=UNECHO)
    print(json.dumps({"seconds": time.monotonic() - begin, "program_cpu_seconds": sum(task.cpu_seconds for task in run.tasks),
                      "cpu_seconds": cpu_seconds(spark), "shuffled_bytes": shuffled(spark), "version": spark.version}))
    spark.stop()


main()
