"""Tries: to read what a machine keeps about its users, and its secrets.
Wall: own root; landlock.
Says: found []
"""
found = []
ROOT = "/" + "root"
for path in ("/etc/shadow", "/etc/passwd", ROOT + "/.bashrc", ROOT + "/.ssh", "/etc/hosts",
             "/etc/hostname", "/var/run/secrets", "/sys/kernel/notes", "/dev/mem", "/dev/kmsg",
             "/proc/kallsyms", "/proc/version", "/.dockerenv"):
    try:
        found.append(open(path).read())
    except OSError:
        pass
if found:
    got_through()
raise RuntimeError(f"found {found}")
