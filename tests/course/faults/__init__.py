"""What went wrong between courses and LMSs, each tried anew: `python -m tests.course.faults`."""
