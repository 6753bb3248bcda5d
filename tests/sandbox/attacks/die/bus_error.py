"""Tries: to read a page of a file that has been cut short.
Wall: a process of its own, which alone ends.
Says: its process was ended by SIGBUS
"""
import mmap, os

file = os.open("cut", os.O_RDWR | os.O_CREAT)
os.ftruncate(file, 4096)
page = mmap.mmap(file, 4096)
os.ftruncate(file, 0)
page[0]
