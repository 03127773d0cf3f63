# Text above and between the records of a listing is rejected with a reason; front matter and counts are furniture.
cat >digest.md <<'MD'
---
title: Papers of May
---

# Papers

This list is made by hand.

## 2024-05-01

A quiet day.

- [Swans](https://e.example/1) - We count swans.
- [Geese](https://e.example/2) - We count geese.
  - 3 authors
- [Ducks](https://e.example/3) - We count ducks, and ducks, and ducks once more.
MD
unecho dedup -q digest.md --rejects rejects.jsonl | jq -c '[.title, .text]'
jq -c '[.reason, .raw]' rejects.jsonl
cat >broken.md <<'MD'
| Title | Summary |
|---|---|
| A Title That Is
  Broken (Read more on [here](https://e.example/1)) | We count swans. |
| Geese | We count
  geese. |
MD
unecho segment -q broken.md | jq -c '[.title, .text]'
