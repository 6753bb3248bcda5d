"""No engine at all: the four numbers were found on paper."""

answers = {"dd/dd": 1, "dd/dc": 1, "dd/db": 1, "dd/da": 1 + 1}
