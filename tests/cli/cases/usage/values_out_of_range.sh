for bad in '--threshold 0' '--threshold -1' '--threshold x' '--shingle 0' '--shingle 1000' '--threads -2' '--memory 32LB' \
  '--memory hello' '--batch-size 0' '--max-record-bytes x' '--layout pages' '--keep newest' '--keep year:biggest'; do
  # shellcheck disable=SC2086
  expect_exit 2 unecho clean $bad /dev/null
  says stderr "${bad%% *}"
done
