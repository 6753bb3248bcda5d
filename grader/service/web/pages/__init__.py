"""The pages, by who comes to them."""
