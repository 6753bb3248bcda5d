"""Tries: to end well in the middle of the questions, as a test runner that has passed would.
Wall: an exit status is not a verdict.
Says: its process ended by itself, with exit status 0 | raises SystemExit
"""
import os

Value.__pow__ = lambda *_: os._exit(0)
