// Bytes -> records: cutting and segmenting, a layout at a time.
#include "unecho/layouts.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/batch.h"
#include "data.h"
#include "layouts/cutter.h"
#include "layouts/record_parts.h"

namespace unecho::bench {
namespace {

// A record of the layout, around a title and a body in which nothing needs an escape.
std::string MakeRecord(std::string_view layout, const std::string& title, const std::string& body) {
  const auto sum = [](std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const std::string_view part : parts) text += part;
    return text;
  };
  if (layout == "rss")
    return sum({"<item><title>", title, "</title><description>&lt;p&gt;", body, "&lt;/p&gt;</description></item>\n"});
  if (layout == "xml") return sum({"<record><title>", title, "</title><abstract>", body, "</abstract></record>\n"});
  if (layout == "csv") return sum({"1,\"", title, "\",\"", body, "\"\n"});
  if (layout == "json") return sum({"{\"title\": \"", title, "\",\n \"abstract\": \"", body, "\"},\n"});
  if (layout == "bibtex") return sum({"@article{key,\n  title = {", title, "},\n  abstract = {", body, "}\n}\n\n"});
  if (layout == "ris") return sum({"TY  - JOUR\nTI  - ", title, "\nAB  - ", body, "\nER  - \n\n"});
  if (layout == "markdown-headings") return sum({"## [", title, "](https://example.org/1)\n\n", body, "\n\n"});
  const std::string html =
      sum({"<html><head><title>", title, "</title></head><body><h1>", title, "</h1><p>", body, "</p></body></html>"});
  const std::string http = sum({"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", html});
  return sum(
      {"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/1\r\nContent-Type: application/http; "
       "msgtype=response\r\n"
       "Content-Length: ",
       std::to_string(http.size()), "\r\n\r\n", http, "\r\n\r\n"});
}

std::string Source(std::string_view layout) {
  if (layout == "page") return MakePages(kBatchBytes);
  if (layout == "jsonl") return MakeJsonl(kBatchBytes);
  std::string text = MakeText(Language::kEnglish, kBatchBytes);
  if (layout == "lines" || layout == "text") return text;
  std::string source = layout == "csv"    ? "id,title,abstract\n"
                       : layout == "json" ? "["
                       : layout == "rss"  ? "<rss><channel>\n"
                       : layout == "xml"  ? "<records>\n"
                                          : "";
  std::ranges::replace_if(
      text, [](char c) { return std::string_view("\"\n\\<>&{},").find(c) != std::string_view::npos; }, ' ');
  for (size_t at = 0; at + kRecordBytes <= text.size(); at += kRecordBytes) {
    source += MakeRecord(layout, text.substr(at, 80), text.substr(at + 80, kRecordBytes - 80));
  }
  if (layout == "json") source.replace(source.size() - 2, 2, "]\n");
  return source + (layout == "rss" ? "</channel></rss>\n" : layout == "xml" ? "</records>\n" : "");
}

// One batch, over and over: the cutter's answer is made once, the batch is loaded with the clock stopped.
void Segment(benchmark::State& state, std::string_view layout, Language language) {
  const std::string source = language == Language::kEnglish ? Source(layout) : MakeText(language, kBatchBytes);
  LayoutOptions options;
  if (layout == "jsonl") options.match_fields = {"text"};
  Batch batch;
  size_t records = 0;
  for (auto _ : state) {
    state.PauseTiming();
    Load(layout, source, batch);
    state.ResumeTiming();
    Segment(*batch.layout, options, batch);
    benchmark::ClobberMemory();
    records = batch.records.size();
  }
  CountBytes(state, source.size());
  CountItems(state, records);
}

// The serial half: where may a batch of 256 KiB end?
void Cut(benchmark::State& state, std::string_view layout) {
  const std::string source = Source(layout);
  const Layout& table = GetLayout(layout);
  Batch batch;
  for (auto _ : state) {
    batch.Clear();
    const auto cutter = MakeCutter(table, {});
    benchmark::DoNotOptimize(cutter->Cut(source, 0, false, batch));
  }
  CountBytes(state, source.size());
}

BENCHMARK_CAPTURE(Cut, page, "page")->Name("layouts/page/cut");
BENCHMARK_CAPTURE(Cut, jsonl, "jsonl")->Name("layouts/jsonl/cut");
BENCHMARK_CAPTURE(Cut, text, "text")->Name("layouts/text/cut");
BENCHMARK_CAPTURE(Segment, page, "page", Language::kEnglish)->Name("layouts/page/segment");
BENCHMARK_CAPTURE(Segment, jsonl, "jsonl", Language::kEnglish)->Name("layouts/jsonl/segment");
BENCHMARK_CAPTURE(Segment, lines, "lines", Language::kEnglish)->Name("layouts/lines/segment");
BENCHMARK_CAPTURE(Segment, lines_mixed, "lines", Language::kMixed)->Name("layouts/lines/segment_mixed");
BENCHMARK_CAPTURE(Cut, xml, "xml")->Name("layouts/xml/cut");
BENCHMARK_CAPTURE(Cut, csv, "csv")->Name("layouts/csv/cut");
BENCHMARK_CAPTURE(Cut, json, "json")->Name("layouts/json/cut");
BENCHMARK_CAPTURE(Cut, bibtex, "bibtex")->Name("layouts/bibtex/cut");
BENCHMARK_CAPTURE(Cut, ris, "ris")->Name("layouts/ris/cut");
BENCHMARK_CAPTURE(Cut, markdown_headings, "markdown-headings")->Name("layouts/markdown-headings/cut");
BENCHMARK_CAPTURE(Cut, warc, "warc")->Name("layouts/warc/cut");
BENCHMARK_CAPTURE(Segment, rss, "rss", Language::kEnglish)->Name("layouts/rss/segment");
BENCHMARK_CAPTURE(Segment, xml, "xml", Language::kEnglish)->Name("layouts/xml/segment");
BENCHMARK_CAPTURE(Segment, csv, "csv", Language::kEnglish)->Name("layouts/csv/segment");
BENCHMARK_CAPTURE(Segment, json, "json", Language::kEnglish)->Name("layouts/json/segment");
BENCHMARK_CAPTURE(Segment, bibtex, "bibtex", Language::kEnglish)->Name("layouts/bibtex/segment");
BENCHMARK_CAPTURE(Segment, ris, "ris", Language::kEnglish)->Name("layouts/ris/segment");
BENCHMARK_CAPTURE(Segment, markdown_headings, "markdown-headings", Language::kEnglish)
    ->Name("layouts/markdown-headings/segment");
BENCHMARK_CAPTURE(Segment, warc_html, "warc", Language::kEnglish)->Name("layouts/warc/segment_html");
BENCHMARK_CAPTURE(Segment, text, "text", Language::kEnglish)->Name("layouts/text/segment");

}  // namespace
}  // namespace unecho::bench
