#!/usr/bin/env python3
"""Writes the small tables beside it, by pyarrow: what the cases of cases/tables read. They are committed, since the suite installs nothing.

usage: make_tables.py [FOLDER]      pip install pyarrow==26.0.1

  types.parquet, types.jsonl      every type that Parquet has, and what its values are in JSON
  types.arrow, types_stream.arrow types that Arrow has besides, as a file and as a stream; types_arrow.jsonl is what is in both
  reviews/train-0000N-of-00002.parquet, reviews.jsonl   a data set of two shards in groups of 16 rows, and its rows as JSON lines
  codecs/*.parquet                the same rows by every compression, codecs.jsonl
  no_rows.parquet                 columns and nothing in them
  not_by_arrow.parquet            as another program writes it, with metadata
  interval.arrow                  a column of a type that JSON has nothing for
  one_name.arrow                  two columns of one name
"""
import datetime
import decimal
import json
import pathlib
import random
import sys
import uuid

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq

HERE = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)


def lines(rows):
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)


def write_types():
    utc = datetime.timezone.utc
    columns = [   # name, type, values, the values in JSON
        ("text", pa.string(), ["Grüße, \"Welt\"\n\\", "", None], ["Grüße, \"Welt\"\n\\", "", None]),
        ("yes", pa.bool_(), [True, False, None], [True, False, None]),
        ("i8", pa.int8(), [-128, 127, None], [-128, 127, None]),
        ("u8", pa.uint8(), [0, 255, None], [0, 255, None]),
        ("i16", pa.int16(), [-32768, 32767, None], [-32768, 32767, None]),
        ("u16", pa.uint16(), [0, 65535, None], [0, 65535, None]),
        ("i32", pa.int32(), [-2**31, 2**31 - 1, None], [-2**31, 2**31 - 1, None]),
        ("u32", pa.uint32(), [0, 2**32 - 1, None], [0, 2**32 - 1, None]),
        ("i64", pa.int64(), [-2**63, 2**63 - 1, None], [-2**63, 2**63 - 1, None]),
        ("u64", pa.uint64(), [0, 2**64 - 1, None], [0, 2**64 - 1, None]),
        ("f16", pa.float16(), [1.5, -0.25, None], [1.5, -0.25, None]),
        ("f32", pa.float32(), [0.5, float("nan"), None], [0.5, None, None]),
        ("f64", pa.float64(), [0.125, float("-inf"), None], [0.125, None, None]),
        ("decimal", pa.decimal128(10, 2), [decimal.Decimal("-1234.50"), decimal.Decimal("0.07"), None], ["-1234.50", "0.07", None]),
        ("wide", pa.decimal256(50, 5), [decimal.Decimal("123456789012345678901234567890.12345"), decimal.Decimal(0), None],
         ["123456789012345678901234567890.12345", "0.00000", None]),
        ("date", pa.date32(), [datetime.date(2024, 2, 29), datetime.date(1969, 12, 31), None], ["2024-02-29", "1969-12-31", None]),
        ("time", pa.time64("us"), [datetime.time(23, 59, 58), datetime.time(0, 0, 0, 1500), None], ["23:59:58", "00:00:00.001500", None]),
        ("local", pa.timestamp("ms"), [datetime.datetime(2024, 5, 1, 12, 30), datetime.datetime(1969, 12, 31, 23, 59, 59, 1000), None],
         ["2024-05-01T12:30:00", "1969-12-31T23:59:59.001", None]),
        ("instant", pa.timestamp("us", "Europe/Berlin"),
         [datetime.datetime(2024, 5, 1, 12, 30, tzinfo=utc), datetime.datetime(2000, 1, 1, 0, 0, 0, 7, tzinfo=utc), None],
         ["2024-05-01T12:30:00Z", "2000-01-01T00:00:00.000007Z", None]),
        ("bytes", pa.binary(), [b"plain text", b"\xff\x00\xfe", None], ["plain text", "/wD+", None]),
        ("fixed", pa.binary(4), [b"abcd", b"\xf0\x9f\x98\x80", None], ["abcd", "😀", None]),
        ("uuid", pa.uuid(), [uuid.UUID(int=0x0123456789abcdef0123456789abcdef).bytes, uuid.UUID(int=0).bytes, None],
         ["01234567-89ab-cdef-0123-456789abcdef", "00000000-0000-0000-0000-000000000000", None]),
        ("list", pa.list_(pa.string()), [["a", None, "b\t"], [], None], [["a", None, "b\t"], [], None]),
        ("lists", pa.list_(pa.list_(pa.int32())), [[[1, 2], [], None], [], None], [[[1, 2], [], None], [], None]),
        ("struct", pa.struct([("a", pa.int32()), ("b", pa.struct([("c", pa.string())]))]),
         [{"a": 1, "b": {"c": "x"}}, {"a": None, "b": None}, None], [{"a": 1, "b": {"c": "x"}}, {"a": None, "b": None}, None]),
        ("map", pa.map_(pa.string(), pa.int32()), [[("k", 1), ("l", None)], [], None], [{"k": 1, "l": None}, {}, None]),
        ("numbered", pa.map_(pa.int32(), pa.string()), [[(7, "seven")], [], None], [{"7": "seven"}, {}, None]),
        ("nothing", pa.null(), [None, None, None], [None, None, None]),
        ("words", pa.dictionary(pa.int8(), pa.string()), ["one", "two", None], ["one", "two", None]),
    ]
    table = pa.table({name: pa.array(values, type) for name, type, values, _ in columns})
    pq.write_table(table, HERE / "types.parquet", compression="zstd")
    # Decimals are numbers, with all of their digits.
    text = lines({name: in_json[i] for name, _, _, in_json in columns} for i in range(3))
    for name in ("decimal", "wide"):
        for value in next(column[3] for column in columns if column[0] == name):
            if value is not None:
                text = text.replace(f'"{name}":"{value}"', f'"{name}":{value}')
    (HERE / "types.jsonl").write_text(text)

    columns = [
        ("text", pa.string_view(), ["a text that is longer than twelve bytes", "short", None], None),
        ("bytes", pa.binary_view(), [b"as many as thirteen", b"\xff", None], ["as many as thirteen", "/w==", None]),
        ("large", pa.large_string(), ["large", "", None], None),
        ("large_list", pa.large_list(pa.int64()), [[1, 2, 3], [], None], None),
        ("pair", pa.list_(pa.int16(), 2), [[1, 2], [3, None], None], None),
        ("wait", pa.duration("ms"), [datetime.timedelta(hours=1), datetime.timedelta(milliseconds=-1), None], [3600, -0.001, None]),
        ("date", pa.date64(), [datetime.date(2024, 2, 29), datetime.date(1969, 12, 31), None], ["2024-02-29", "1969-12-31", None]),
        ("time", pa.time32("s"), [datetime.time(7, 8, 9), datetime.time(0, 0), None], ["07:08:09", "00:00:00", None]),
        ("nanos", pa.timestamp("ns", "UTC"), [1, 10**18, None], ["1970-01-01T00:00:00.000000001Z", "2001-09-09T01:46:40Z", None]),
        ("words", pa.dictionary(pa.int16(), pa.large_string()), ["one", "one", None], None),
    ]
    table = pa.table({name: pa.array(values, type) for name, type, values, _ in columns})
    # A slice: offsets that are not zero.
    table = pa.concat_tables([table.slice(1, 1), table.slice(0, 1), table]).combine_chunks().slice(2)
    with pa.ipc.new_file(HERE / "types.arrow", table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as file:
        file.write_table(table)
    with pa.ipc.new_stream(HERE / "types_stream.arrow", table.schema) as file:
        file.write_table(table, max_chunksize=2)
    text = lines({name: (values if in_json is None else in_json)[i] for name, _, values, in_json in columns} for i in range(3))
    (HERE / "types_arrow.jsonl").write_text(text)


WORDS = """the soup was cold but friendly waiter brought another one lovely terrace under old chestnut trees we waited long for
a table and it rained nobody knew what was in pie except grandmother who had baked here since spring menu changes with weather
children drew fish on paper cloth bill came twice music too loud window seats are best bread tastes of home""".split()


def reviews():
    draw = random.Random(7)
    rows = []
    for i in range(80):
        if i % 5 == 3:
            text = rows[draw.randrange(len(rows))]["text"]
        elif i % 5 == 4:
            words = rows[draw.randrange(len(rows))]["text"].split()
            words[draw.randrange(len(words))] = "suddenly"
            text = " ".join(words)
        else:
            text = " ".join(draw.choice(WORDS) for _ in range(60)) + "."
        rows.append({"id": f"r{i:03d}", "text": text, "stars": draw.randrange(1, 6) if i % 11 else None,
                     "tags": [draw.choice(WORDS) for _ in range(draw.randrange(3))], "seen": f"2024-05-{1 + len(text) % 28:02d}T12:00:00"})
    return rows


def write_reviews():
    rows = reviews()
    schema = pa.schema([("id", pa.string()), ("text", pa.string()), ("stars", pa.int8()), ("tags", pa.list_(pa.string())),
                        ("seen", pa.timestamp("s"))], metadata={"huggingface": json.dumps({"info": {"features": {"text": "string"}}})})
    (HERE / "reviews").mkdir(exist_ok=True)
    for shard in range(2):
        part = rows[shard * 40:shard * 40 + 40]
        table = pa.Table.from_pylist([dict(row, seen=datetime.datetime.fromisoformat(row["seen"])) for row in part], schema)
        pq.write_table(table, HERE / "reviews" / f"train-0000{shard}-of-00002.parquet", compression="zstd", row_group_size=16)
    (HERE / "reviews.jsonl").write_text(lines(rows))
    few = pa.table({"id": [row["id"] for row in rows[:4]], "text": [row["text"] for row in rows[:4]]})
    (HERE / "codecs").mkdir(exist_ok=True)
    for codec in ("none", "snappy", "gzip", "brotli", "lz4", "zstd"):
        pq.write_table(few, HERE / "codecs" / f"{codec}.parquet", compression=codec, data_page_version="2.0" if codec == "gzip" else "1.0")
    (HERE / "codecs.jsonl").write_text(lines(few.to_pylist()))
    pq.write_table(schema.empty_table(), HERE / "no_rows.parquet")
    # As other programs write it: nothing of Arrow in it.
    with pq.ParquetWriter(HERE / "not_by_arrow.parquet", few.schema, store_schema=False, version="1.0") as file:
        file.write_table(few)
        file.add_key_value_metadata({"origin": "made by hand"})
    interval = pa.table({"id": ["a"], "span": pa.array([(1, 2, 3)], pa.month_day_nano_interval())})
    with pa.ipc.new_file(HERE / "interval.arrow", interval.schema) as file:
        file.write_table(interval)
    one_name = pa.table([pa.array(["one"]), pa.array(["two"])], names=["text", "text"])
    with pa.ipc.new_file(HERE / "one_name.arrow", one_name.schema) as file:
        file.write_table(one_name)


write_types()
write_reviews()
