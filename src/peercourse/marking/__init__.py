"""Marking in a spreadsheet: written answers out as workbooks with blind codes, marks back into nbgrader's gradebook."""
