"""Tries: to leave files where the next submission would find them.
Wall: a scratch folder that vanishes, or is removed.
Says: square.data is 7.0, expected
"""
import os

os.makedirs("deep/er/folders")
os.symlink("/", "deep/link")
for number in range(20):
    open(f"deep/er/{number}.py", "w").write("x = 1\n")
open("sitecustomize.py", "w").write("raise SystemExit\n")
os.chmod("deep/er", 0)
os.chmod("deep", 0)
