# A date inside a heading is part of a title; a label opens its line; a bold label is no title.
cat >dates.md <<'END'
## Papers of May 2, 2026

# River Report, May 1, 2026

**Abstract**: We count otters on six rivers in the hills.

# Otters Again (2025-12-31 edition)

**Abstract**: We count them once more, by night.

# Plain Title

**Abstract**: Nothing is counted here.
END
unecho segment -q --layout markdown-titles dates.md >dates.jsonl
equal '["River Report, May 1, 2026","May 2, 2026"]["Otters Again (2025-12-31 edition)","May 2, 2026"]["Plain Title","May 2, 2026"]' \
  "$(jq -c '[.title, .snapshot]' dates.jsonl | tr -d '\n')" "titles and snapshots"
printf -- '- **[Links: A Study](https://e.example/1)**\n  Of chains and ropes.\n\n- **[Other](https://e.example/2)**\n  - **Links**: here\n  Of knots.\n' >bullets.md
equal '["Links: A Study","Of chains and ropes."]["Other","Of knots."]' \
  "$(unecho segment -q bullets.md | jq -c '[.title, .text]' | tr -d '\n')" bullets
printf '# Day\n\n### 1. [One](https://e.example/1)\n\n**<b>Resumen:</b>**\n\n> Text one.\n\n### 2. [Two](https://e.example/2)\n\n**Resumen:**\n\n> Text two.\n' >labels.md
equal '["One","Text one."]["Two","Text two."]' "$(unecho segment -q labels.md | jq -c '[.title, .text]' | tr -d '\n')" labels
