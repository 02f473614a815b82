"""Feedback for a trainee: a page and a PDF with the same words, without keys and without anybody else.

* ``model``     what is fed back, as data
* ``make``      from a result, its bank and the course to that data
* ``chosen``    of a key, only what belongs to the option that was chosen
* ``wording``   that data in words, for the page and the PDF alike
* ``render``    the page and the PDF
* ``comments``  what markers wrote, out of the gradebook
* ``folders``   files in ``grading/feedback``, and which of them are still as they were made
* ``run``       a whole cohort
"""
