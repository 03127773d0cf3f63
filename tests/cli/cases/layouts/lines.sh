printf 'to be or not to be\nthat is the question\nTo be, or not to be\n\nthat is the answer' |
  unecho dedup -q --layout lines
