"""What is particular to one system's export: its names, its texts, its file about all."""
