expect_exit 1 unecho clean -q no_such_file
says stderr error no_such_file
equal 1 "$(wc -l <stderr)" "lines on stderr"
