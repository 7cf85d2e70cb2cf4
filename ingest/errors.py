"""What a caller of the readers may have to catch."""


class UnreadableFile(Exception):  # noqa: N818 - the name says it all
    """A file that cannot be read: damaged, encrypted, empty, or not what its name says.

    The message is one sentence in Chinese and the same in English, fit to be shown to whoever brought the file.
    """
