"""Run veraPDF's Java classes, and print what they find as JSON.

Arguments: the .jar file that contains the classes, and PDF files. The profiles are built rule by rule, because veraPDF
reads them with JAXB, of which the .jar file contains no implementation, nor do Java 11 and later.
"""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import jpype
from lxml import etree

# The profiles, by veraPDF's names for what a file claims to be.
PROFILES: Mapping[str, str] = {"PDFA_3_A": "PDFA-3A", "PDFUA_1": "PDFUA-1"}
NAMESPACES = {"v": "http://www.verapdf.org/ValidationProfile"}
VERSION_FILE = "META-INF/maven/org.verapdf/validation-model/pom.properties"


def main(jar: str, *pdfs: str) -> None:
    """Print the version of veraPDF, and for each PDF its failures by profile."""
    # veraPDF writes warnings to the standard output.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as output:
        os.dup2(2, 1)
        jpype.startJVM("-Xmx1g", "-Djava.awt.headless=true", classpath=[jar])
        java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        with zipfile.ZipFile(jar) as archive:
            profiles = {flavour: read_profile(archive, flavour) for flavour in PROFILES}
            properties = archive.read(VERSION_FILE).decode().splitlines()
        version = next(line.partition("=")[2] for line in properties if line.startswith("version="))
        failures = [
            {PROFILES[flavour]: validate(pdf, flavour, profiles[flavour]) for flavour in PROFILES} for pdf in pdfs
        ]
        json.dump({"version": version, "profiles": list(PROFILES.values()), "failures": failures}, output)


def java(name: str) -> Any:
    return jpype.JClass(name)


def read_profile(archive: zipfile.ZipFile, flavour: str) -> Any:
    """Return the profile of a flavour, an object of veraPDF, from the .xml file that is beside its classes."""
    source = etree.fromstring(archive.read(f"org/verapdf/pdfa/validation/{PROFILES[flavour]}.xml"))
    profiles = java("org.verapdf.pdfa.validation.profiles.Profiles")
    rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()
    for rule in source.iterfind(".//v:rule", NAMESPACES):
        rules.add(read_rule(rule, profiles))
    for variable in source.iterfind(".//v:variable", NAMESPACES):
        values = (variable.findtext(f"v:{name}", "", NAMESPACES) for name in ("defaultValue", "value"))
        variables.add(profiles.variableFromValues(variable.get("name"), variable.get("object"), *values))
    details = profiles.profileDetailsFromValues(PROFILES[flavour], "", "", java("java.util.Date")(0))
    return profiles.profileFromValues(flavour_named(flavour), details, "", rules, variables)


def read_rule(rule: etree._Element, profiles: Any) -> Any:
    """Return a rule of a profile as an object of veraPDF."""
    specifications = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    (name,) = rule.iterfind("v:id", NAMESPACES)
    number = int(name.get("testNumber", "0"))
    deferred = rule.get("deferred")
    error = profiles.errorFromValues(rule.findtext("v:error/v:message", "", NAMESPACES), java("java.util.ArrayList")())
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(specifications.valueOf(name.get("specification")), name.get("clause"), number),
        rule.get("object"),
        None if deferred is None else java("java.lang.Boolean").valueOf(deferred == "true"),
        rule.get("tags"),
        rule.findtext("v:description", "", NAMESPACES),
        rule.findtext("v:test", "", NAMESPACES),
        error,
        java("java.util.ArrayList")(),
    )


def flavour_named(name: str) -> Any:
    return java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(name)


def validate(pdf: str, flavour: str, profile: Any) -> list[dict[str, str]]:
    """Return the rules that a PDF fails, each with the first place in the file."""
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    factory = java("org.verapdf.pdfa.validation.validators.ValidatorFactory")
    parser = foundry.createParser(java("java.io.File")(pdf), flavour_named(flavour))
    try:
        result = factory.createValidator(profile, False).validate(parser)
        found: dict[str, dict[str, str]] = {}
        for failure in failures_of(result):
            found.setdefault(failure["rule"], failure)
        return [found[rule] for rule in sorted(found)]
    finally:
        parser.close()


def failures_of(result: Any) -> Iterator[dict[str, str]]:
    """Yield the failures of a validation, each with the clause of the standard and the number of its test."""
    for assertion in result.getTestAssertions():
        rule = assertion.getRuleId()
        yield {
            "rule": f"{rule.getClause()}-{rule.getTestNumber()}",
            "message": str(assertion.getMessage()),
            "place": str(assertion.getLocation().getContext()),
        }


if __name__ == "__main__":
    main(*sys.argv[1:])
