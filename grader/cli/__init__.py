"""The door: words in, words out. `click` is imported here alone, and nothing imports this.

main        where `grade` begins
app         the group of commands
grading     `grade EX [PATH]`
listing     `grade list` and `grade show`
starting    `grade start`
verifying   `grade verify`
beginning   `grade new`
sitting     puts together what grading a submission needs
lineup      what an exercise's mutants answer
proving     puts together what proving an exercise needs
crew        proves many exercises at once
where       the option `--exercises`
output      where a report goes, and in which format
complaint   an error in words, and its exit status
"""
