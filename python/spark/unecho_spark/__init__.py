"""unecho on a Spark cluster: the corpus of one run on one machine, byte for byte.

Spark schedules the tasks of ``unecho shard``, starts those again whose machine is gone, and moves names and figures. Text moves
between the program and a file system that all machines see.
"""

from ._frame import dedup
from ._run import Error, Run, Task, clean, resume

__all__ = ["Error", "Run", "Task", "clean", "dedup", "resume"]
