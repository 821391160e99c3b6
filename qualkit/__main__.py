"""``python -m qualkit`` is the same as ``qualkit``."""

from qualkit.cli import main

main()
