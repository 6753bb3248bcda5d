"""Tries: to write one file that fills the disk.
Wall: RLIMIT_FSIZE; a scratch folder of 16 MB.
Says: raises OSError: [Errno 27] File too large
"""
with open("large", "wb") as file:
    for _ in range(200):
        file.write(bytes(1 << 20))
got_through()
