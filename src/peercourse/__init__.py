"""The program behind the peer support course: content in, one static site and nbgrader scores out."""

import sys

__version__ = "0.1.0"

# nbformat checks notebooks by jsonschema, which builds 38 grammars for international addresses when it is loaded,
# where this package is there. No notebook's schema asks for them, and each command would begin a second later.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
