#!/usr/bin/env python3
"""Writes sample_data/: three page dumps and one JSONL file with what real ones have wrong with them.

The text is invented, from templates; the same files come out of every run. `make_sample_data.py DIR` writes to DIR.

  page_1.txt    32 entries; no line end at the end of the file, as saved pages have it
  page_2.txt    30 entries, CRLF: 11 repeats of page_1, 2 near copies, 1 entry without an abstract
  page_3.txt    30 entries: repeats of both, 1 near copy, an abstract of two paragraphs, an abstract whose title was cut
                off, furniture in the middle and at the end
  messy.jsonl   odd spacing, escapes, other scripts, near copies, and records that cannot be used
"""
import json
import os
import random
import sys

FURNITURE = ["new", "Get trending papers in your email inbox!", "Subscribe", "byAK and the research community"]

SLOTS = {
    "thing": ["sparse autoencoders", "tidal gauges", "graph transformers", "soil moisture probes", "retrieval models",
              "glacier cameras", "speech encoders", "protein language models", "traffic simulators", "bee hive scales",
              "diffusion planners", "weather balloons", "code assistants", "river sensors", "tabular networks",
              "orchard drones", "sign language readers", "seismic arrays", "translation memories", "warehouse robots"],
    "task": ["forecasting floods", "grading short answers", "finding rare species", "ranking long documents",
             "planning grasps", "separating voices", "reading old maps", "routing night buses", "estimating crop yield",
             "detecting copied text", "naming melodies", "sorting recycled glass", "tracking snow depth",
             "repairing damaged tables", "summarising court rulings", "predicting pump failures", "pricing spare parts",
             "matching museum records", "following spoken directions", "counting migrating birds"],
    "data": ["forty years of harbour logs", "nine thousand lecture notes", "a survey of mountain villages",
             "public tender documents", "recordings from twelve choirs", "hourly readings of a hydropower plant",
             "the archive of a regional newspaper", "chess games by amateurs", "annotated kitchen videos",
             "photographs of handwritten ledgers", "two million support tickets", "bird calls from six islands",
             "scans of botanical plates", "ferry timetables since 1961", "cadastral maps of one canton"],
    "noun": ["calibration", "alignment", "sampling", "pruning", "memory", "attention", "labelling", "routing",
             "compression", "uncertainty", "curricula", "distillation", "indexing", "masking", "averaging"],
    "adj": ["slow", "patient", "frugal", "noisy", "layered", "honest", "local", "reversible", "shallow", "seasonal",
            "asymmetric", "modular", "cautious", "late", "unsupervised", "ordinal", "elastic", "bounded"],
    "metric": ["median error", "worst-case delay", "recall at ten", "energy per query", "annotator agreement",
               "peak memory", "calibration error", "accuracy on unseen sites", "time to first answer", "cost per record"],
    "who": ["field engineers", "volunteer annotators", "librarians", "dispatchers", "school teachers", "operators",
            "translators", "foresters", "nurses", "archivists"],
    "limit": ["when the labels drift", "with fewer than fifty examples", "under heavy rain", "at the end of the month",
              "for very short inputs", "on devices without a network", "when two sources disagree",
              "after the first year", "if the clock is wrong", "for languages with rich morphology"],
}

SENTENCES = [
    "We study {adj} {noun} for {thing}, a question that earlier work on {task} left open.",
    "Most systems for {task} assume that {data} are complete, which is rarely true {limit}.",
    "This paper presents a {adj} approach to {task} that needs neither {noun} nor a second pass over the input.",
    "On {data}, {metric} falls by {pct} percent compared with the strongest published baseline.",
    "Our main finding is that {adj} {noun} matters more than model size, in particular {limit}.",
    "To measure this we collected {data} and asked {who} to mark every case they would not sign.",
    "The method combines {thing} with {thing2}, and both parts are trained from {data} alone.",
    "An ablation shows that removing {noun} raises {metric} to {pct} units, while removing {noun2} changes nothing.",
    "We give a bound of O({var}^{{2}} log {var}) on the number of comparisons, and show that it is tight {limit}.",
    "In a deployment of {num} weeks, {who} accepted {pct} percent of the suggestions without a change.",
    "Unlike {thing}, which forget what they saw {limit}, the {adj} variant keeps its {noun} stable.",
    "Why does {noun} help at all in {task}?",
    "The answer appears to lie in how {thing} treat {data} whose origin is unknown.",
    "All experiments ran on a single machine with {num} GB of memory; no run took longer than {num2} hours.",
    "We also report a negative result: {adj} {noun} does not transfer from {task} to {task2}.",
    "A reanalysis of {data} suggests that reported gains in {metric} came from duplicated records.",
    "Practitioners should expect {metric} to degrade by about {pct} percent {limit}.",
    "Code, configuration files and the full list of excluded cases are available to {who} on request.",
    "The proposed benchmark, {name}, has {num} tasks drawn from {task} and {task2}.",
    "{name} separates {noun} from {noun2}, so that errors can be traced to one of the two.",
    "Interviews with {num} {who} confirm that {metric} is what decides whether a tool stays in use.",
    "For {task}, a {adj} heuristic based on {noun} is already within {pct} percent of the optimum.",
    "Training uses {num} epochs over {data}, followed by one round of {adj} {noun2}.",
    "We prove that no estimator that ignores {noun} can be consistent {limit}.",
    "The effect persists across {num} random seeds and does not depend on the choice of {noun2}.",
    "Finally, we discuss what {who} lose when {thing} replace manual work in {task}.",
]

TITLES = [
    "{Adj} {Noun} for {Task}", "{name}: {Adj} {Noun} with {Thing}", "What Do {Thing} Know About {Task}?",
    "Towards {Adj} {Noun} in {Thing}", "{Task} From {Data}", "Is {Noun} Enough for {Task}?",
    "Rethinking {Noun} and {Noun2} in {Thing}", "{Thing} Meet {Thing2}: a {Adj} View of {Task}",
    "A {Adj} Baseline for {Task} With {Thing}", "{name}: {Task} {Limit}",
]


def slots(rng):
    """One value for each slot; the second of a kind differs from the first."""
    values = {key: rng.choice(options) for key, options in SLOTS.items()}
    for key in ("thing", "task", "noun"):
        values[key + "2"] = rng.choice([o for o in SLOTS[key] if o != values[key]])
    values["num"], values["num2"] = rng.randint(3, 96), rng.randint(2, 40)
    values["pct"] = "%d.%d" % (rng.randint(1, 60), rng.randint(0, 9))
    values["var"] = rng.choice("nkmd")
    values["name"] = "".join(rng.choice(["Ta", "Ro", "Mi", "Ves", "Ka", "Lun", "Dor", "Fe", "Qui"]) for _ in range(2)) + \
        rng.choice(["Bench", "Net", "", "LM", "-2", "Map"])
    values.update({key.capitalize(): str(value).title() for key, value in list(values.items()) if key != "name"})
    return values


def entry(rng):
    """A title and an abstract, as a list of sentences."""
    title = rng.choice(TITLES).format(**slots(rng))
    frames = rng.sample(SENTENCES, rng.randint(6, 9))
    return title, [s[0].upper() + s[1:] for s in (frame.format(**slots(rng)) for frame in frames)]


def near_copy(rng, of):
    """The same entry with one sentence, neither the first nor the last, written anew."""
    title, sentences = of
    at = rng.randint(1, len(sentences) - 2)
    new = rng.choice(SENTENCES).format(**slots(rng))
    return title, sentences[:at] + [new[0].upper() + new[1:]] + sentences[at + 1:]


def page(date, paragraphs, newline="\n", at_end=""):
    return (newline * 2).join(FURNITURE + [date] + paragraphs) + at_end


def paragraphs(entries):
    out = []
    for title, sentences in entries:
        out.append(title)
        if sentences:
            out.append(" ".join(sentences))
    return out


def pages(rng):
    first = [entry(rng) for _ in range(32)]

    new = [entry(rng) for _ in range(17)]
    new[8] = (new[8][0], [])                                        # no abstract
    second = new[:10] + first[4:9] + [near_copy(rng, first[11])] + new[10:] + first[20:26] + [near_copy(rng, first[27])]

    new = [entry(rng) for _ in range(18)]
    third = new[:6] + second[:3] + first[2:6] + new[6:] + [near_copy(rng, second[2])] + first[30:31] + second[12:15]
    body = paragraphs(third)
    # An abstract of two paragraphs, and furniture between two entries.
    two = body.index(" ".join(new[3][1]))
    body[two:two + 1] = [" ".join(new[3][1][:3]), " ".join(new[3][1][3:])]
    middle = body.index(new[9][0])
    body[middle:middle] = ["Get trending papers in your email inbox!", "Subscribe"]
    # The page was saved from the middle of an entry on: the first abstract has lost its title.
    orphan = " ".join(entry(rng)[1])
    return {
        "page_1.txt": page("Mar 11", paragraphs(first)),
        "page_2.txt": page("Mar 14", paragraphs(second), newline="\r\n"),
        "page_3.txt": page("May 5", [orphan] + body + ["Subscribe"], at_end="\n"),
    }


def messy_jsonl(rng):
    def record(number, title, sentences, year):
        return {"key": "m%02d" % number, "year": year, "title": title, "text": " ".join(sentences)}

    entries = [entry(rng) for _ in range(10)]
    records = [record(i, *e, 2015 + i) for i, e in enumerate(entries)]
    plain = json.dumps
    lines = [plain(r) for r in records[:6]]
    # The same record, spelled otherwise: other key order and spacing, escapes, capitals, a newer year.
    again = dict(reversed(records[1].items()))
    again["year"], again["title"] = 2024, again["title"].upper()
    lines.append(plain(again, separators=(" ,  ", " :\t")).replace("e", "\\u0065", 3).replace("\\u0065", "e", 2))
    lines.append('{"key": "m20", "year": 2020, "title": "Cut off in the middle of a rec')
    lines.append(plain(record(21, *near_copy(rng, entries[3]), 2022)))
    lines.append(plain({"key": "m22", "year": 2021, "title": "", "text": " -- !? "}))
    lines.append(plain({"id": "m23", "year": 2021, "pages": [7, 12]}))
    lines.append(plain({"id": "m24", "year": 2021, "text": None}))
    # One sentence more: longer, so --keep longest prefers it.
    lines.append(plain(record(25, entries[5][0], entries[5][1] + ["An extended version adds the missing proofs."], 2023)))
    # Other scripts. The two German lines differ in bytes only: composed and decomposed letters.
    german = ("Über die Größe der Flüsse im Frühjahr", "Wir messen die Höhe der Flüsse an zwölf Brücken und vergleichen sie mit "
              "den Aufzeichnungen der Müller, die seit dem Jahr 1873 lückenlos geführt werden.")
    lines.append(plain({"key": "m26", "year": 2019, "title": german[0], "text": german[1]}, ensure_ascii=False))
    import unicodedata
    lines.append(plain({"key": "m27", "year": 2018, "title": unicodedata.normalize("NFD", german[0]),
                        "text": unicodedata.normalize("NFD", german[1])}, ensure_ascii=False))
    lines.append(plain({"key": "m28", "year": 2019, "title": "河流水位的长期观测", "text": "我们在十二座桥上测量春季河流的水位，并与磨坊主的记录进行比较。"},
                       ensure_ascii=False))
    lines.append(plain({"key": "m29", "year": 2019, "title": "Υδρολογικές μετρήσεις σε δώδεκα γέφυρες",
                        "text": "Μετράμε το ύψος των ποταμών την άνοιξη και το συγκρίνουμε με παλιά αρχεία. 🌊"}))
    lines += [plain(r) for r in records[6:]]
    return "\n".join(lines) + "\n"


def main():
    out = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "sample_data")
    rng = random.Random(20240314)
    files = pages(rng)
    files["messy.jsonl"] = messy_jsonl(rng)
    os.makedirs(out, exist_ok=True)
    for name, text in files.items():
        with open(os.path.join(out, name), "w", encoding="utf-8", newline="") as f:
            f.write(text)


if __name__ == "__main__":
    main()
