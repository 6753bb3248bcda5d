# asks: my475/ex12, my475/ex9
# kind: trainings
from dataclasses import dataclass

{right/twice_in_one_file}

@dataclass
class Settings:
    rate: float = 0.1
    epochs: int = 100


def main(settings=Settings()):
    examples = list(zip([1.0, 3.0], [2.0, 6.0]))
    weight, bias = Value(0.0), Value(0.0)
    for epoch in range(settings.epochs):
        for x, y in reversed(examples):
            prediction = weight * Value(x) + bias
            loss = (prediction - Value(y)) ** 2
            for parameter in (weight, bias):
                parameter.grad = 0.0
            loss.backward()
            for parameter in (weight, bias):
                parameter.data -= settings.rate * parameter.grad
    return weight.data, bias.data


if __name__ == "__main__":
    print("w = %.6f, b = %.6f" % main())
