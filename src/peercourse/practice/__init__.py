"""Practice that answers back: branching conversations, spot the slip, say it yourself, and booster sets.

* ``conversation``, ``slip_pair``, ``own_words`` what authors write, as typed models
* ``exercise`` what these share; ``skills`` the names of what helps
* ``graph`` the paths through a conversation; ``checks`` what must be mended in one
* ``layout``, ``drawing`` the picture of a conversation's graph
* ``pool`` everything in a module's ``practice`` folder; ``booster`` ten minutes drawn from all pools
* ``role_play`` cards for three people and the observer's rubric
* ``minutes`` how long each of these takes
"""
