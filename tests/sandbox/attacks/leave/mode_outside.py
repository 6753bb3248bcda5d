"""Tries: to lock others out of their files, or let everyone in, by changing modes and times.
Wall: system calls: these say that it is done, and do nothing.
Says: untouched by the submission
"""
import os

for attempt in (
    lambda path: os.chmod(path, 0o777), lambda path: os.utime(path, (0, 0)),
    lambda path: os.chmod(path, 0o777, dir_fd=os.open(".", os.O_RDONLY)),
    lambda path: os.chown(path, 1000, 1000), lambda path: os.setxattr(path, "user.mark", b"x"),
):
    try:
        attempt(OUTSIDE["victim"])
    except OSError:
        pass
try:
    told = os.stat(OUTSIDE["victim"])
    if told.st_mode & 0o777 == 0o777 or told.st_mtime == 0 or told.st_uid == 1000 != os.getuid():
        got_through()
except OSError:
    pass
raise RuntimeError("untouched by the submission")
