"""Tries: to import an installed engine after what stands in for it has been taken out.
Wall: an empty folder lies over it; in tier container landlock lets none of its files be read.
Says: raises | tinygrad
"""
import sys
from importlib.machinery import PathFinder

sys.meta_path[:] = [PathFinder]
sys.modules.pop("tinygrad", None)
sys.path_importer_cache.clear()
from tinygrad import Value
