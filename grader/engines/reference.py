"""The textbook engine of the folder `reference/`, under a name that is nobody else's.

Python takes a module with a `__path__` for a package, and looks for `reference.scalar` there. The
name `reference` alone would be looked for on the whole path, where somebody's own file may have it.
"""

from grader.engines.own_folders import REFERENCE

__path__ = [REFERENCE]
