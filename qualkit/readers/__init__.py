"""A file becomes sources or a table: transcripts, records, ratings and answers.

Its files load when first used: a process that reads ahead needs only some of them.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
