"""Tries: nothing; it writes files and folders, copies and reads them.
Wall: none is to answer.
Engine: right
Says:
"""
import json, os, pathlib, shutil, tempfile

os.makedirs("data/set")
pathlib.Path("data/set/one.json").write_text(json.dumps([1, 2, 3]))
shutil.copy("data/set/one.json", "two.json")
shutil.move("two.json", "three.json")
assert json.load(open("three.json")) == [1, 2, 3]
shutil.copytree("data", "copy")
shutil.rmtree("copy")
with open("three.json") as file:
    assert file.read()
