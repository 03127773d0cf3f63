#!/usr/bin/env python3
"""Whether time grows with the input and not with its square: hostile inputs of one size, and of four times that size.

    growth.py --unecho FILE [--kib N] [--only NAME,NAME]

A quadratic step takes 16 times as long for the larger one. More than 9 times, in the best of three runs each, is a failure; times below
a tenth of a second say nothing, and count as that. The last line says how many inputs passed and failed.
"""
import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile

LEAST_SECONDS, MOST_TIMES, TIMES_LARGER = 0.1, 9, 4


def repeated(text, size):
    return (text * (size // len(text) + 1))[:size]


def numbered(template, size):
    """Lines of a template with a number in it."""
    out, count, total = [], 0, 0
    while total < size:
        out.append(template.replace("%", str(count)))
        total += len(out[-1])
        count += 1
    return "".join(out)


def inputs(size):
    """Each name to the name of a file, its bytes, and options."""
    words = lambda n: " ".join("w%d" % random.Random(n * 7919 + i).randrange(5000) for i in range(12))
    prose = "".join("%s\n" % words(i) for i in range(size // 60 + 1))[:size]
    text = lambda value: '{"text": "%s"}\n' % value
    out = {
        # JSON
        "brackets": ("a.jsonl", repeated("[", size) + "\n", []),
        "braces": ("a.jsonl", repeated('{"a":', size) + "\n", []),
        "quotes": ("a.jsonl", '{"text": "' + repeated('\\"', size) + '"}\n', []),
        "escapes": ("a.jsonl", '{"text": "' + repeated("\\ud83d\\ude00", size - size % 12) + '"}\n', []),
        "members": ("a.jsonl", '{"text": "x"' + numbered(', "k%": 1', size) + "}\n", []),
        "members_html": ("a.jsonl", '{"text": "x"' + numbered(', "k%": "v", "k%_html": "<b>v</b>"', size) + "}\n", []),
        "elements": ("a.json", '[{"text": "one"}' + numbered(', {"text": "word % of it"}', size) + "]\n", []),
        "nested_objects": ("a.json", '{"a": [' + repeated('{"b": [1, 2, {"c": "d"}]}, ', size)[:-2] + "]}\n", []),
        "deep_lists": ("a.json", repeated('{"a": [', size // 2), []),
        "python": ("a.jsonl", repeated("{'text': 'it''s', 'n': None}\n", size), []),
        "texts_without_end": ("a.jsonl", repeated('{"text": "abc\n', size), []),
        # XML and HTML
        "open_tags": ("a.xml", "<r>" + repeated("<a>", size), []),
        "records": ("a.xml", "<r>" + numbered("<a><t>title %</t><b>body</b></a>\n", size) + "</r>\n", []),
        "attributes": ("a.xml", "<r><a" + numbered(" k%='v'", size) + ">x</a></r>\n", []),
        "entities": ("a.xml", "<r><a><t>x</t><b>" + repeated("&amp;", size) + "</b></a></r>\n", []),
        "angle_brackets": ("a.xml", "<r><a>" + repeated("<", size) + "</a></r>\n", []),
        "cdata": ("a.xml", "<r><a>" + repeated("<![CDATA[x]]>", size) + "</a></r>\n", []),
        "html_open": ("a.html", "<html><body>" + repeated("<b><i>", size), []),
        "html_tables": ("a.html", "<html><body>" + repeated("<table><tr><td>", size), []),
        "html_paragraphs": ("a.html", "<html><body>" + numbered("<p>words of %</p>\n", size) + "</body></html>\n", []),
        "comments": ("a.html", "<html><body>" + repeated("<!-- ", size), []),
        # CSV, tagged and bibliographic
        "unclosed": ("a.csv", 'title,text\n"' + prose.replace('"', ""), []),
        "columns": ("a.csv", "title,text\n" + repeated(",", size) + "\n", []),
        "cells": ("a.csv", "title,text\n" + numbered("title %,a text of several words\n", size), []),
        "csv_quotes": ("a.csv", "title,text\n" + repeated('"a"",""b","c"\n', size), []),
        "bib_braces": ("a.bib", "@article{a, title={x}, abstract={" + repeated("{", size), []),
        "bib_at": ("a.bib", "@article{a, title={x}}\n" + repeated("@", size), []),
        "csv_wide": ("a.csv", "title" + numbered(",c%", size // 2) + "\n" + "a,b" * 3 + "\n", []),
        "bib_macros": ("a.bib", numbered('@string{m% = "x"}\n', size // 2) + numbered("@article{k%, title=m% # m1}\n", size // 2), []),
        "ris_journals": ("a.ris", "TY  - JOUR\nTI  - a\n" + numbered("JO  - Journal %\n", size) + "ER  - \n", ["--compare", "works"]),
        "bib_fields": ("a.bib", "@article{a, title={x}" + numbered(", f% = {v}", size) + "}\n", []),
        "ris_lines": ("a.ris", "TY  - JOUR\n" + repeated("AB  - words\n", size) + "ER  - \n", []),
        "medline": ("a.txt", repeated("PMID- 1\nTI  - title\nAB  - text\n      more\n\n", size), []),
        # YAML, mail, warc, subtitles
        "yaml_deep": ("a.yaml", "".join(" " * (i % 400) + "a:\n" for i in range(size // 200)), []),
        "yaml_items": ("a.yaml", numbered("- title: t%\n  abstract: some words\n", size), []),
        "yaml_flow": ("a.yaml", "a: " + repeated("[", size), []),
        "mbox": ("a.mbox", numbered("From a@b Mon Jan  1 00:00:00 2024\nSubject: s%\n\nbody of it\n\n", size), []),
        "mail_parts": ("a.eml", "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + repeated("--b\n\ntext\n", size), []),
        "mail_head": ("a.eml", "Subject: x\n" + numbered("X-%: y\n", size) + "\nbody\n", []),
        "srt": ("a.srt", numbered("%\n00:00:01,000 --> 00:00:02,000\nwords\n\n", size), []),
        # plain texts and pages
        "one_line": ("a.txt", repeated("a b c ", size), []),
        "no_spaces": ("a.txt", repeated("a", size), []),
        "line_ends": ("a.txt", repeated("\n", size), []),
        "carriage_returns": ("a.txt", repeated("a\r", size), []),
        "rulers": ("a.txt", repeated("word\n-----\n", size), []),
        "headings": ("a.md", numbered("# H%\n\ntext\n\n", size), []),
        "table": ("a.md", "| a | b |\n|---|---|\n" + numbered("| t% | x y |\n", size), []),
        "pipes": ("a.md", "| a | b |\n|---|---|\n" + repeated("|", size) + "\n", []),
        "bullets": ("a.md", numbered("- [t%](http://x.y/%) words\n", size), []),
        "brackets_md": ("a.md", "# a\n\n" + repeated("[", size) + "\n", []),
        "backticks": ("a.md", "# a\n\n" + repeated("`", size) + "\n", []),
        "dates": ("a.txt", repeated("2024-01-01\n", size), []),
        "dialogue": ("a.txt", repeated("A: yes\nB: no\n", size), []),
        "labels": ("a.txt", numbered("Title: t%\nAbstract: words\n\n", size), []),
        "bad_bytes": ("a.txt", b"\xff\xfe\x80" * (size // 3), []),
        "gb18030": ("a.txt", b"\xd6\xd0" * (size // 2), []),
        # rules
        "marks": ("a.jsonl", text("a" + "\u0301\u0316" * (size // 4)), ["--repair", "nfc"]),
        "marks_compared": ("a.jsonl", text("a" + "\u0301\u0316" * (size // 4)), ["--ignore", "diacritics"]),
        "repair_all": ("a.jsonl", text("&amp;amp;" * (size // 9)), ["--repair", "all"]),
        "mojibake": ("a.jsonl", text("\u00c3\u00a9" * (size // 4)), ["--repair", "all"]),
        "sentences": ("a.jsonl", text("One two three four five. " * (size // 25)), ["--dedup-sentences"]),
        "lines": ("a.jsonl", text("one two three four five\\n" * (size // 25)), ["--dedup-lines"]),
        "pii": ("a.jsonl", text("a@" * (size // 2)), ["--pii", "mask"]),
        "pii_digits": ("a.jsonl", text("1 2-3." * (size // 6)), ["--pii", "mask"]),
        "quality": ("a.jsonl", text("word " * (size // 5)), ["--quality", "gopher,c4,fineweb"]),
        "markup": ("a.jsonl", text("<a <b " * (size // 6)), ["--ignore", "markup"]),
        "markup_md": ("a.jsonl", text("*[_" * (size // 3)), ["--ignore", "markup"]),
        "code": ("a.jsonl", text("((((" * (size // 4)), ["--compare", "code"]),
        "characters": ("a.jsonl", text("ab" * (size // 2)), ["--compare", "characters"]),
        "symbols": ("a.jsonl", text(":-) " * (size // 4)), []),
        "copies": ("a.jsonl", text("the same few words in every one") * (size // 46), []),
        "equal_keys": ("a.jsonl", numbered('{"doi": "1", "text": "n% words of its own here x% y%"}\n', size), ["--key", "doi"]),
        "separator": ("a.txt", numbered("text %\n%%\n", size), ["--record-separator", "^[0-9]+$"]),
        # many names, many levels, many parts
        "xml_names": ("a.xml", "<r>" + numbered("<n%>x y</n%>", size) + "</r>", []),
        "xml_inside": ("a.xml", "<r>" + repeated("<a><t>x</t><b>", size // 2) + "y</r>", []),
        "xml_spaces": ("a.xml", "<r" + numbered(" xmlns:n%='u'", size) + "><a><t>x</t><b>y</b></a><a><t>q</t><b>z</b></a></r>", []),
        "html_styles": ("a.html", "<html><body>" + repeated("<p><b><i><u>x", size) + "</body></html>", []),
        "html_lists": ("a.html", "<html><body>" + repeated("<ul><li>x", size) + "</body></html>", []),
        "html_drawings": ("a.html", "<html><body>" + repeated("<svg><p>", size) + "</body></html>", []),
        "json_lists": ("a.json", "{" + numbered('"k%":[{"title":"a","text":"b"}],', size) + '"z":1}', []),
        "json_mapping": ("a.json", "{" + numbered('"k%":{"title":"a %","text":"b"},', size) + '"z":{"title":"q","text":"y"}}', []),
        "json_path": ("a.jsonl", '{"text":"x","m":[' + numbered('{"k":"v%"},', size) + '{"k":"z"}]}\n', ["--key", "m[].k"]),
        "csv_one_cell": ("a.csv", 'title,text\na,"b' + repeated('""', size) + '"\n', []),
        "bib_authors": ("a.bib", "@article{a,title={x},author={" + repeated("Alund, B and ", size) + "C},year=2000,journal={x}}\n", ["--compare", "works"]),
        "ris_titles": ("a.ris", numbered("TY  - JOUR\nTI  - One title of all of them\nAU  - A%, B\nVL  - %\nER  - \n\n", size), ["--compare", "works"]),
        "ris_place": ("a.ris", numbered("TY  - JOUR\nTI  - Title % of some words\nJO  - J\nVL  - 1\nSP  - 1\nER  - \n\n", size), ["--compare", "works"]),
        "ris_long": ("a.ris", "".join("TY  - JOUR\nTI  - %s %s\nER  - \n\n" % (repeated("long words ", size // 2), end) for end in "ab"), ["--compare", "works"]),
        "yaml_keys": ("a.yaml", "- title: a\n  text: b\n- title: c\n" + numbered("  k%: v\n", size), []),
        "yaml_anchors": ("a.yaml", numbered("- title: &a% x\n  text: *a%\n", size), []),
        "mail_inside": ("a.eml", "From: a@b.c\nTo: a@b.c\nSubject: x\n" + numbered("Content-Type: multipart/mixed; boundary=b%\n\n--b%\n", size) + "\nhi\n", []),
        "mail_words": ("a.eml", "From: a@b.c\nTo: a@b.c\nSubject: " + repeated("=?utf-8?q?a?=\n ", size) + "\n\nbody\n", []),
        "mail_to": ("a.eml", "From: a@b.c\nSubject: x\nTo: " + numbered("a% <%@a>,\n ", size) + "z@z\n\nbody\n", []),
        "markdown_levels": ("a.md", numbered("# a%\n## b\n### c\n#### d\ntext\n", size), []),
        "markdown_inside": ("a.md", "# a\n\n" + "".join("%s- x%d\n" % (" " * (2 * (i % 300)), i) for i in range(size // 300)), []),
        "tex_groups": ("a.tex", "\\documentclass{a}\\begin{document}\\section{a}" + repeated("{\\bf ", size) + "\\end{document}", []),
        "games": ("a.pgn", numbered('[Event "E %"]\n[White "A"]\n\n1. e4 e5 1-0\n\n', size), []),
        "long_letters": ("a.jsonl", text("\ufdfa" * (size // 6)), []),
        "addresses": ("a.jsonl", text("1.2.3.4:5:6::" * (size // 13)), ["--pii", "mask"]),
        "repeats": ("a.jsonl", text(numbered("a b c d e f %\\n", size)), ["--quality", "gopher"]),
        "indented": ("a.jsonl", text(numbered("\\n" + " " * 40 + "x%", size)), ["--compare", "code"]),
        "groups_apart": ("a.jsonl", numbered('{"text":"the same words in all of them","g":"%"}\n', size), ["--within", "g"]),
    }
    return out


def seconds(unecho, folder, name, data, options):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    best = None
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([unecho, "clean", "-q", "--threads", "1", name, *options, "-o", os.devnull], cwd=folder,
                              stderr=subprocess.PIPE, timeout=600)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in (0, 1):
            return None, done
        took = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        best = took if best is None else min(best, took)
        if best < LEAST_SECONDS:
            break
    return max(best, LEAST_SECONDS), done


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unecho", required=True)
    parser.add_argument("--kib", type=int, default=512, help="size of the smaller inputs")
    parser.add_argument("--only", default="")
    parser.add_argument("-v", action="store_true", help="tell all times")
    arguments = parser.parse_args()
    small, large = inputs(arguments.kib << 10), inputs(arguments.kib * TIMES_LARGER << 10)
    failed = passed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in small:
            if arguments.only and name not in arguments.only.split(","):
                continue
            took = []
            for each in (small, large):
                spent, done = seconds(os.path.abspath(arguments.unecho), folder, *each[name])
                os.remove(os.path.join(folder, each[name][0]))
                took.append(spent)
                if spent is None:
                    print("FAILED %s: exit code %d: %s" % (name, done.returncode, done.stderr.decode()[:300]), flush=True)
                    break
            if took[-1] is None or took[1] > MOST_TIMES * took[0]:
                failed += 1
                if took[-1] is not None:
                    print("FAILED %s: %.2f s, and %.2f s for %d times as much" % (name, *took, TIMES_LARGER), flush=True)
            else:
                passed += 1
                if arguments.v:
                    print("%-18s %.2f s, %.2f s" % (name, *took), flush=True)
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
