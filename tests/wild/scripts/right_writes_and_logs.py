# asks: my475/ex9
# kind: files
import json
import logging
import pickle
import warnings

logging.basicConfig(filename="run.log", level=logging.DEBUG)
warnings.warn("an old version of something")

{right/operators_in_a_loop}

a = Value(2.0)
b = a * a
b.backward()
logging.info("gradient %s", a.grad)
with open("parameters.json", "w") as file:
    json.dump({"a": a.value}, file)
with open("notes.pkl", "wb") as file:
    pickle.dump([1, 2, 3], file)
for i in range(3000):
    print("step", i, "loss", 1 / (i + 1))
