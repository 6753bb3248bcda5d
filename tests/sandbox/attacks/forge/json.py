"""Tries: to have json say other numbers than those that were computed.
Wall: the driver holds its encoder from before; answers are compared outside.
Says: wrote a forged reply
"""
import json, json.encoder


def always(*_, **__):
    return '{"ended": "answered"}'


json.dumps = json.dump = json.JSONEncoder.encode = json.JSONEncoder.iterencode = always
json.encoder.c_make_encoder = json.encoder.encode_basestring_ascii = None
