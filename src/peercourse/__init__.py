"""The program behind the peer support course: content in, one static site and nbgrader scores out."""

__version__ = "0.1.0"
