"""The run of a submission with packages that are withheld from the process that is asked."""
