"""What can go wrong with a register; each names the register and the record."""

from archive.errors import HankearkistoError


class RegisterError(HankearkistoError):
    """A register could not be imported; what was stored of it before stays."""


class RegisterUnreachableError(RegisterError):
    """The register did not answer, refused, or its robots.txt forbids the address."""


class RegisterShapeError(RegisterError):
    """An answer is not of the shape that this program knows: it is not stored in part."""
