for bad in '--threshold 0' '--threshold -1' '--threshold x' '--shingle 0' '--shingle 1000' '--threads -2' '--min-length -5' '--memory -1' '--max-record-bytes -5' '--batch-size -1' \
  '--memory 32LB' \
  '--memory hello' '--batch-size 0' '--max-record-bytes x' '--layout pages' '--keep newest' '--keep year:biggest'; do
  # shellcheck disable=SC2086
  expect_exit 2 unecho clean $bad /dev/null
  says stderr "${bad%% *}"
done
expect_exit 2 unecho clean --min-length -5 /dev/null
says stderr "--min-length" "-5 is below zero"
expect_exit 2 unecho clean /dev/null --report
says stderr "--report needs a value"
expect_exit 2 unecho clean /dev/null --explain '-#1' --report page.html
says stderr "--explain" ".json"
