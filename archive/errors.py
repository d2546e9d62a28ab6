"""Errors that a person can act on: the command line shows their message in one line and no traceback."""


class HankearkistoError(Exception):
    """The call cannot be carried out as it stands; the message names what is wrong."""


class ArchiveError(HankearkistoError):
    """The database is missing, is none of ours, is newer than this program, or is busy."""


class CaptureError(HankearkistoError):
    """A file or folder of captures cannot be opened or written."""
