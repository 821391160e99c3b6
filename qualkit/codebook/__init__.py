"""Codebooks in YAML: read, check, write back without loss."""

from qualkit.codebook.check import check_codebook
from qualkit.codebook.read import read_codebook
from qualkit.codebook.write import write_codebook

__all__ = ["check_codebook", "read_codebook", "write_codebook"]
