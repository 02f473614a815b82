"""Certificates: refused unless everything is passed, typeset to hand over, and signed so that anybody can check them.

* ``model``      what stands on a certificate, as data
* ``gate``       who has earned which one, and what is missing
* ``canonical``  that data as bytes in one form alone, and the careful way back
* ``keys``       the institution's pair of keys
* ``signing``    signed, and what a check says
* ``wording``    that data in words, for the template
* ``paper``      the PDF
* ``store``      files in ``grading/certificates``
* ``issue``      a whole cohort
"""
