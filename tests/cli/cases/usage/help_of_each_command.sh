for command in clean segment dedup audit; do
  unecho "$command" -h >short
  unecho "$command" --help >long
  says short "$command"
  says long "$command"
done
says long --corpus --recall
