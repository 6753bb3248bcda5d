"""The door: words in, words out. `click` is imported here alone, and nothing imports this.

main        where `grade` begins
app         the group of commands
grading     `grade EX [PATH]`
listing     `grade list` and `grade show`
starting    `grade start`
verifying   `grade verify`
beginning   `grade new`
once        one grading: its report delivered, its exit status
watching    `grade watch`
doctor      `grade doctor`
table       rows in columns that wrap
saves       tells of saves
bench       interpreters started ahead
where       the option `--exercises`
output      where a report goes, and in which format
complaint   an error in words, and its exit status
"""
