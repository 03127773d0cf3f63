for text in markdown bash zsh fish; do unecho --generate $text >unecho.$text; done
# Every option of every command is in all of them.
missing=0 options=0
for command in $(unecho 2>&1 >/dev/null | sed -n 's/.*give a command: //p' | tr -d ',' | sed 's/ or / /'); do
  grep -E "^      $command\)" unecho.bash >bash.part
  sed -n "/^    $command)/,/;;/p" unecho.zsh >zsh.part
  grep "from $command'" unecho.fish >fish.part
  unecho $command --help | sed -n 's/^  \(-.*\)$/\1/p' | sed 's/  .*//' | grep -oE -- '--?[a-z][a-z-]*' >names
  while read -r option; do
    options=$((options + 1))
    name=${option##-}
    name=${name#-}
    grep -qF -- "\`$option\`" unecho.markdown || { echo "manual: $command $option"; missing=1; }
    grep -qE -- "[' ]$option[' ]" bash.part || { echo "bash: $command $option"; missing=1; }
    grep -qE -- "'$option[=+[]" zsh.part || { echo "zsh: $command $option"; missing=1; }
    grep -qE -- "-(s|l) $name " fish.part || { echo "fish: $command $option"; missing=1; }
  done <names
done
[ "$missing" = 0 ] && [ "$options" -gt 100 ] || fail "$options options, some missing"

# bash, as a user meets it.
source unecho.bash
compopt() { echo "(files)"; }
complete_it() {
  COMP_WORDS=(unecho "$@")
  COMP_CWORD=$#
  COMPREPLY=()
  echo "$* -> $(_unecho) $(_unecho >/dev/null; echo "${COMPREPLY[*]}")"
}
complete_it cl
complete_it clean --thr
complete_it clean --keep l
complete_it dedup --layout markdown-t
complete_it inspect --th
complete_it clean -o ''
complete_it clean ''

# Where the programs are that read them, they have nothing to say against them.
bash -n unecho.bash
if command -v zsh >/dev/null; then zsh -n unecho.zsh; fi
if command -v fish >/dev/null; then fish -n unecho.fish; fi
