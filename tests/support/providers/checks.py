"""What a strict reader of JSON demands. A check is a function of (value, where); it raises Wrong."""

import base64
import binascii
import re

ADDRESS = re.compile(r"[^\s@<>,;:\"()]+@[A-Za-z0-9.-]+")


class Wrong(Exception):
    """The request is not as documented."""


def demand(condition, what):
    if not condition:
        raise Wrong(what)


def text(least=1, most=None, among=None, matching=None):
    def check(value, where):
        demand(type(value) is str, f"{where} is no string")
        demand(len(value) >= least, f"{where} is shorter than {least}")
        demand(most is None or len(value.encode()) <= most, f"{where} is longer than {most} bytes")
        demand(among is None or value in among, f"{where} is none of {among}")
        demand(matching is None or re.fullmatch(matching, value), f"{where} does not match {matching}")
    return check


def boolean(value, where):
    demand(type(value) is bool, f"{where} is no boolean")


def address(value, where):
    text()(value, where)
    demand(ADDRESS.fullmatch(value) and value.isascii(), f"{where} is no address")


def mailbox(value, where):
    """`Name <address>` or an address alone."""
    text()(value, where)
    address(address_of(value), where)


def address_of(value):
    found = re.search(r"<([^<>]*)>\s*$", value)
    return found[1] if found else value


def base64_text(value, where):
    text(0)(value, where)
    try:
        base64.b64decode(value, validate=True)
    except binascii.Error:
        raise Wrong(f"{where} is not base64") from None


def array(check, least=0, most=None):
    def check_array(value, where):
        demand(type(value) is list, f"{where} is no array")
        demand(len(value) >= least, f"{where} has fewer than {least}")
        demand(most is None or len(value) <= most, f"{where} has more than {most}")
        for index, one in enumerate(value):
            check(one, f"{where}[{index}]")
    return check_array


def record(required, optional=()):
    """An object with these fields and no others."""
    optional = dict(optional)

    def check(value, where):
        demand(type(value) is dict, f"{where} is no object")
        for name in required:
            demand(name in value, f"{where}.{name} is missing")
        for name, one in value.items():
            demand(name in required or name in optional, f"{where}.{name} is unknown")
            (required[name] if name in required else optional[name])(one, f"{where}.{name}")
    return check


def strings(most_names=None, most_name=None, most_value=None):
    """An object of strings."""
    def check(value, where):
        demand(type(value) is dict, f"{where} is no object")
        demand(most_names is None or len(value) <= most_names, f"{where} has more than {most_names} names")
        for name, one in value.items():
            demand(0 < len(name) and (most_name is None or len(name) <= most_name), f"{where}: the name {name!r}")
            text(0, most_value)(one, f"{where}.{name}")
    return check


def headers(forbidden=(), ascii_only=True):
    """An object of header names and values that can stand in a mail, without those of the provider's own."""
    lower = {name.lower() for name in forbidden}

    def check(value, where):
        strings()(value, where)
        for name, one in value.items():
            demand(re.fullmatch(r"[!-9;-~]+", name), f"{where}: no header can be called {name!r}")
            demand(name.lower() not in lower, f"{where}: {name} is the provider's own")
            demand("\r" not in one and "\n" not in one, f"{where}.{name} has a line end")
            demand(not ascii_only or one.isascii(), f"{where}.{name} is not ASCII")
        demand(len({name.lower() for name in value}) == len(value), f"{where} names a header twice")
    return check
