# asks: my475/ex9
# kind: encodings
# ends: crlf
{right/derivatives_in_spanish}
print("größer als ½: ✓")
