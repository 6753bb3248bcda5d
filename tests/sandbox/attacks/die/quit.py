"""Tries: to leave by quit(), as in a console.
Wall: it is an exception, and the class defined before it is asked.
Says: value.py ends itself with exit()
"""
quit()
