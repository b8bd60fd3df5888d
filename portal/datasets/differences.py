"""What changes between two versions, as screens show it."""


def difference_of(version):
    return version.difference
