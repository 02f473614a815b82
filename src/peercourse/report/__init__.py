"""The report on a cohort: one HTML file for the trainer, and a copy without persons for the institution."""
