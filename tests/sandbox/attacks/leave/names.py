"""Tries: to tell somebody something by asking for the address of a name.
Wall: system calls; a network namespace of its own.
Says: raises gaierror
"""
import socket

socket.getaddrinfo("the-answer-is-42.example.org", 80)
got_through()
