"""What a reader raises when it gives up; `load` turns it into the public error."""


class Unreadable(Exception):  # noqa: N818 - it says what the file is, not what the program did
    """A file that cannot be read: the reason and what to do, without the file's name."""
