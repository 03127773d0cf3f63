dumps
UNECHO_KERNELS=mmx unecho clean dumps/*.txt
