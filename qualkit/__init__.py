"""qualkit: from transcripts and scales to a joint display, in Jupyter.

Submodules load when first used, so that ``import qualkit`` stays light.
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=[
        "agreement",
        "change",
        "codebook",
        "displays",
        "errors",
        "figures",
        "language",
        "readers",
        "reports",
        "scales",
        "widgets",
    ],
    submod_attrs={
        "project": ["Project", "create_project", "open_project"],
        "readers": ["read_sources"],
        "codebook": ["read_codebook", "write_codebook", "check_codebook"],
    },
)
