"""The web: pages, forms, and who may ask for which."""
