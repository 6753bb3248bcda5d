"""Tries: to find a secret in the environment.
Wall: the zygote starts with a clean one.
Says: found []
"""
import os

secrets = ("TOKEN", "SECRET", "PASSWORD", "API", "CREDENTIAL", "PYTEST")
found = [name for name in os.environ if any(secret in name.upper() for secret in secrets)]
if found:
    got_through()
raise RuntimeError(f"found {found}")
