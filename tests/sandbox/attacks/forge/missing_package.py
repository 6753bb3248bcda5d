"""Tries: to be looked at by hand in place of being wrong, for want of a package that nobody has.
Wall: only who raises for want of it is; a wrong number stays wrong.
Says: expected
"""
import not_there_at_all
