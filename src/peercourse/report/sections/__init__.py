"""The sections of the report, a file each: from figures to words, tables and drawings."""
