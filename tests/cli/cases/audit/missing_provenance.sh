expect_exit 1 unecho audit --provenance no_such_file "$DATA/page_1.txt"
says stderr no_such_file
