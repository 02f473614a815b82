"""Lets ``python -m peercourse`` do what ``peercourse`` does."""

from peercourse.cli import main

main()
