"""Tries: to go on where objects are cleared away.
Wall: the child leaves without clearing up.
Says: square.data is 7.0, expected
"""
import time


class Stays:
    def __del__(self):
        time.sleep(60)


stays = Stays()
stays.itself = stays
