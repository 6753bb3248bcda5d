"""Rules by which a training makes its steps: right ones, and those that students write for them."""
