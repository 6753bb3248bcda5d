"""What a submission replaces in the language itself, which is put back after it has run."""

import builtins
import operator

# An interactive shell replaces them.
SHELLS = ("exit", "quit", "input", "help", "display", "get_ipython")


class Language:
    """The builtins and operators as they were before any student code ran."""

    def __init__(self) -> None:
        self.replaced: list[str] = []
        self._originals = [
            (vars(module), name, value, f"{module.__name__}.{name}")
            for module in (builtins, operator)
            for name, value in vars(module).items()
            if (not name.startswith("_") or name == "__import__") and name not in SHELLS
        ]

    def restore(self) -> None:
        """Put back what was replaced, and remember its name; call nothing that could be patched."""
        for namespace, name, value, full_name in self._originals:
            if namespace.get(name) is not value:
                namespace[name] = value
                if full_name not in self.replaced:
                    self.replaced.append(full_name)
