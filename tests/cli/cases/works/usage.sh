# What says how texts are compared does not go with works.
for options in '-t 0.8' '--shingle 3' '--match title:0.9' '--match-fields title' '--exact-join' '--ignore markup' '--ignore-common 5' '--against w.jsonl'; do
  echo '{"title":"a"}' >w.jsonl
  unecho clean -q --compare works $options w.jsonl || echo "exit $?"
done
unecho tune --compare works w.jsonl || echo "exit $?"
