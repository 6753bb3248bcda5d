"""Stand-ins for what a submission expects of the machine, loaded where it names any of that."""
