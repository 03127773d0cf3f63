expect_exit 2 unecho audit /dev/null
says stderr --provenance
