"""Graded and practised items: one module an item type, and what turns a bank into notebooks."""
