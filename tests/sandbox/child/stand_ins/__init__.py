"""Tests of the stand-ins for what a submission expects of the machine."""
