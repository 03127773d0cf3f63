# Code between fences is text, whatever its lines look like; so is what a table has too many cells for.
cat >code.md <<'X'
## Rope
How to count ropes:
```
# A
**B**
```

## Rope
How to count ropes:
```
# C
```

## Kettle
Boil it, and see.
X
unecho clean -q code.md | jq -c '[.title, .text]'
cat >table.md <<'X'
| Title | Abstract |
|---|---|
| Ropes | We count. | And more text here. |
| Ropes | We count. | Other text here. |
| Lamps | We count |x| over lamps. |
X
unecho clean -q table.md | jq -c '[.title, .text]'
