"""A made-up cohort through the real path: people that never were, their files, and a grading folder to try all on."""
