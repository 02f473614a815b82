"""What is printed: pages typeset by Typst from the course's own text.

* ``pocket_card`` one A4 page a module, to fold into a pocket
* ``typeset`` a template and its data as a PDF
"""
