"""The door: words in, words out. `click` is imported here alone, and nothing imports this.

    app        the group of commands, and where errors become words and exit statuses
    grading    `grade EX [PATH]`
    listing    `grade list` and `grade show`
    starting   `grade start`
    output     where a report goes, and in which format
"""
