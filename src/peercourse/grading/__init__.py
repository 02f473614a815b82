"""From handed-in files to scores: release, collect, grade, mark, scores, on nbgrader's own gradebook."""
