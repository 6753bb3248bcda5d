"""Student code, elsewhere: a Program goes in, an Observation comes out.

wire      how Programs and Observations travel, and which replies are refused
channel   one line to a process that runs a submission, with deadlines
subject   asks Programs of a submission, through restarts, whatever it does
process   the local way: a fresh interpreter
notebook  the kernel way: nbclient and a real Jupyter kernel
child     the other end: loads a submission and answers
shell     runs a notebook's cells without a kernel       (in the student's process)
standins  plotting packages that are not installed       (in the student's process)
walls     limits that a process puts on itself           (in the student's process)
engine    which of a submission's classes is the engine
"""
