"""Tries: to leave its class for the next submission, in memory that the zygote shares.
Wall: a child has copies of the zygote's pages, and not the pages.
Says: square.data is 7.0, expected
"""
import builtins, json, sys

builtins.Left = json.left = sys.left = got_through
if hasattr(sys.modules["os"], "left"):
    got_through()
sys.modules["os"].left = got_through
