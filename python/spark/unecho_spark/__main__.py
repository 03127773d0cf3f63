"""unecho-spark FOLDER INPUT... [--shards N] [--master URL] [--copy-to URI] [--unecho PROGRAM] [an option of unecho shard plan]...

The corpus of `unecho clean INPUT...` by the machines of a Spark cluster, into FOLDER/out. Without INPUT: what is left of a run.
"""

from __future__ import annotations

import argparse
import sys

from . import Error, _run


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="unecho-spark",
        allow_abbrev=False,
        description="The corpus of 'unecho clean INPUT...' by the machines of a Spark cluster, into FOLDER/out.",
        epilog="All other options are those of 'unecho shard plan', each as --name=value or as a word: --threshold=0.8 --require-body",
    )
    parser.add_argument("folder", metavar="FOLDER", help="of the run, on a file system that all machines see; a run that was begun goes on")
    parser.add_argument("inputs", metavar="INPUT", nargs="*", help="files and folders, or s3a://..., hdfs://...; none: what is left of a run")
    parser.add_argument("--shards", type=int, metavar="N", help="into how many the inputs are cut [as many as Spark has slots]")
    parser.add_argument("--copy-to", metavar="URI", help="where FOLDER/out is copied to in the end: s3a://bucket/clean")
    parser.add_argument("--unecho", metavar="PROGRAM", help="a path: it travels with the job; a name: each machine has one on its PATH [that of PATH here travels]")
    parser.add_argument("--master", metavar="URL", help="of Spark: spark://host:7077, yarn, local[4] [as spark-defaults.conf says]")
    given, options = parser.parse_known_args()
    wrong = [option for option in options if not option.startswith("--")]
    if wrong:
        parser.error(f"{wrong[0]}: values of options of 'unecho shard plan' go behind '=': --threshold=0.8")

    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("unecho")
    spark = (builder.master(given.master) if given.master else builder).getOrCreate()
    try:
        if given.inputs:
            run = _run.plan_and_finish(spark, given.inputs, given.folder, given.shards, given.copy_to, given.unecho, options)
        else:
            run = _run.finish(spark, given.folder, given.unecho, options)
        print(run.table, file=sys.stderr)
    except (Error, OSError, ValueError) as error:
        sys.exit(f"unecho-spark: error: {error}")
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
