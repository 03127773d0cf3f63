expect_exit 2 unecho cleen /dev/null
says stderr cleen
