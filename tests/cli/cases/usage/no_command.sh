expect_exit 2 unecho
says stderr clean dedup
