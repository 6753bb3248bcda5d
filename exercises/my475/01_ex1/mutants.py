"""What goes wrong when a number is first put into an object."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="I3",
        written="the number cut to an int",
        replace="self.data = data",
        by="self.data = int(data)",
        says="The part after the decimal point is lost when the Value is made.",
        asks="Which number do you see right after storing 3.5?",
    ),
    Mutant(
        id="I9",
        written="the number rounded",
        replace="self.data = data",
        by="self.data = round(data, 4)",
        says="The number is rounded when the Value is made, and later steps need all its digits.",
        asks="What is left of 2.718281828 after it is stored?",
    ),
    Mutant(
        id="I10",
        written="the number under another name",
        replace="self.data = data",
        by="self.value = data",
        says="The number is kept, but not under the name data.",
        asks="Which attribute does the exercise ask for?",
    ),
    Mutant(
        id="I7",
        written="print inside __repr__",
        replace='return f"Value(data={self.data})"',
        by='print(f"Value(data={self.data})")',
        says="The text is printed instead of being handed back.",
        asks="Who prints when you write print(a), and where does that text come from?",
    ),
    Mutant(
        id="I8",
        written="a __repr__ without the number",
        replace='return f"Value(data={self.data})"',
        by='return "Value"',
        says="The text is the same for every Value, because the number is missing from it.",
        asks="How could a reader tell two Values apart?",
    ),
    Mutant(
        id="I11",
        written="a __repr__ that returns the number itself",
        replace='return f"Value(data={self.data})"',
        by="return self.data",
        says="A number is handed back where Python wants a string.",
        asks="Of which type must the result of __repr__ be?",
    ),
]
