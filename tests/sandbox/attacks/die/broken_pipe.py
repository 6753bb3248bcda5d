"""Tries: to end by writing to a pipe that nobody reads.
Wall: a process of its own; as the first of a namespace it does not even hear it.
Says: its process was ended by SIGPIPE | raises BrokenPipeError
"""
import os, signal

signal.signal(signal.SIGPIPE, signal.SIG_DFL)
read, write = os.pipe()
os.close(read)
os.write(write, b"x")
