"""Letters of Greek and Cyrillic that look like ours, letter for letter: read as what people see."""

from __future__ import annotations

#: For ``str.translate``. Only what cannot be told apart: what looks alike more loosely is for those who look for it.
TWINS = str.maketrans(
    "аеорсухіјѕԁһԛԝѵΑΒΕΖΗΙΚΜΝΟΡΤΧοανιАВЕКМНОРСТХІ",
    "aeopcyxijsdhqwvABEZHIKMNOPTXoaviABEKMHOPCTXI",
)
