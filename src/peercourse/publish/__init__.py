"""One static site out of the course and the handbook."""
