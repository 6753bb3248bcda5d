"""Tries: to start workers by multiprocessing, in each of its ways.
Wall: system calls: no process can be started.
Says: made []
"""
import multiprocessing, time

made = []
for way in ("fork", "spawn", "forkserver"):
    try:
        worker = multiprocessing.get_context(way).Process(target=time.sleep, args=(60,))
        worker.start()
        made.append(way)
    except OSError:
        pass
if made:
    got_through()
raise RuntimeError(f"made {made}")
