"""Tries: to have a shell do it.
Wall: system calls: no process can be started.
Says: raises BlockingIOError: [Errno 11]
"""
import subprocess

subprocess.run(["sh", "-c", "touch /tmp/left-by-a-submission"], check=True)
got_through()
