"""What people write (modules, quizzes, evidence, institution), loaded, checked and typed."""
