"""Tries: to swallow the alarm, and to go on answering for ever.
Wall: whoever does not end in time is killed from outside.
Says: did not come to an end: stopped after
"""


def swallow(self, power):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


Value.__pow__ = swallow
