# asks: my475/ex9, my475/ex7
# kind: failing statements
with open("data/housing.csv") as file:
    rows = [line.split(",") for line in file]

import urllib.request
page = urllib.request.urlopen("http://example.invalid/points.json").read()

{right/graph_object}

prices = [Value(float(row[1])) for row in rows]
print(sum(p.data for p in prices))
