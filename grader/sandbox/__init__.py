"""Student code, elsewhere: a Program goes in, an Observation comes out.

wire      how messages travel; what is in them is `grader.engines.encoding`
channel   one line to a process that runs a submission, with deadlines
subject   asks Programs of a submission, through restarts, whatever it does
loaded    what is known of a submission that has run
meter     measures a world: what it uses, whether it is held up
usage     what a process has used, as the system tells
spent     says what a submission had used where a limit stopped it
process   the local way: a fresh interpreter
ward      the way behind walls: a zygote, replaced when it dies
nursery   the grader's side of a zygote
notebook  the kernel way: nbclient and a real Jupyter kernel
fork      the live way: a copy of the running kernel
engine    which of a submission's classes is the engine

and in the student's process:

child     the other end: loads a submission and answers
preparing makes a process one in which a submission may run
inkernel  the other end, inside a kernel
infork    the other end, in a copy of a kernel that has run the cells already
shell     runs a notebook's cells
written   modules that cells write with %%writefile
standins  plotting packages that are not installed
defined   what a submission defines, read without running it
customs   what a graded class borrows of forbidden packages, while Programs run
reach     what a class uses, followed without running it
bytecode  which globals and modules code takes
foreign   which package an object comes from
language  what it replaces in the language, put back
ballast   memory held back, to say that there is none
alarm     interrupts what does not come to an end
walls     limits that a process puts on itself

and around it, on Linux:

zygote    a warm interpreter behind walls, which forks one child a submission
tiers     which walls can be built, each found by trying it
jail      a root folder with nothing in it but what Python needs
landlock  which files may be touched
syscalls  which system calls may be made
scratch   a folder to write to, where there is no file system of its own
linux     the system calls that Python does not offer
"""
