"""A made-up list: twenty columns, of which the templates use fifteen. The same for the same number of people."""

COLUMNS = ("email,first_name,last_name,salutation,constituency,councillor,ward,postcode,town,stop,line,branch,"
           "organiser,member_since,letters_signed,phone,language,source,updated,notes")

FIRST = ["William", "Siobhán", "Amina", "Tomasz", "Grace", "Ngũgĩ", "Meera", "Olu", "Frances", "Joäo", "Ruth"]
LAST = ["Adeyemi", "O'Brien", "Wilk", "Haddad", "Ferreira", "Dekker", "Okafor", "Lindqvist", "Marsh", "Patel",
        "Novák", "Whitcombe", "Reyes"]
TOWNS = ["Eastmere", "Millpond", "Saltford Quay", "Upper Langley", "Harrow Bridge"]
WARDS = ["Harbour", "Tollgate", "St Brannock’s", "Fishmarket and Docks", "Upper Town", "Chapel Hill", "The Meads"]
STOPS = ["Hospital Gate", "Market Square", "Old Depot", "Ferry Steps", "College Road", "Lime Kiln Lane"]
SOURCES = ["open letter", "street stall", "ferry campaign", "friend"]
DOMAINS = [f"post{i}.example" for i in range(97)]


def write_list(path, count):
    """A CSV file with `count` people, nobody twice."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(COLUMNS + "\n")
        for start in range(0, count, 10_000):
            file.write("".join(row(i) for i in range(start, min(start + 10_000, count))))


def row(i):
    first, last, town, ward = FIRST[i % 11], LAST[i % 13], TOWNS[i % 5], WARDS[i % 7]
    # One in twenty has a cell in quotes, one in five lives where nobody is asked about.
    salutation = f'"{first}, {LAST[i % 3]} and family"' if i % 20 == 0 else first
    constituency = "" if i % 5 == 4 else f"{town} {ward}"
    return (f"member.{i:07}@{DOMAINS[i % 97]},{first},{last},{salutation},{constituency},{FIRST[i % 7]} {LAST[i % 11]},"
            f"{ward},EM{i % 90 + 1} {i % 9}QT,{town},{STOPS[i % 6]},N{i % 6 + 2},{town} night line,"
            f"{FIRST[i % 5]},{1998 + i % 28},{i % 40 + 1},+44 1632 {i % 960000:06},en,{SOURCES[i % 4]},"
            f"2026-{i % 12 + 1:02}-{i % 28 + 1:02},called twice\n")
