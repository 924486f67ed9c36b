"""Say how an article is related to a notice about it, in the words of each vocabulary, and where the other is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fleuron.metadata.identifiers import absolute_address, valid_doi
from fleuron.metadata.work import RelatedWork, Work
from fleuron.publication.journal.notices import Relation

# DataCite 4.6 has no relation of a correction or a retraction: a notice of retraction is the one that counts now, one
# of correction belongs to the article, and a comment refers to it.
DATACITE_RELATIONS: Mapping[Relation, str] = {
    "retracts": "Obsoletes",
    "retracted-by": "IsObsoletedBy",
    "corrects": "IsSupplementTo",
    "corrected-by": "IsSupplementedBy",
    "comments-on": "References",
    "commented-by": "IsReferencedBy",
}
# The values of `related-article-type` that JATS suggests (NISO Z39.96-2015, and JATS4R on corrections).
JATS_RELATIONS: Mapping[Relation, str] = {
    "retracts": "retracted-article",
    "retracted-by": "retraction-forward",
    "corrects": "corrected-article",
    "corrected-by": "correction-forward",
    "comments-on": "commentary-article",
    "commented-by": "commentary",
}
# In English, the language of the notes of MARC records.
ENGLISH_RELATIONS: Mapping[Relation, str] = {
    "retracts": "Retraction of:",
    "retracted-by": "Retracted by:",
    "corrects": "Correction of:",
    "corrected-by": "Corrected by:",
    "comments-on": "Comment on:",
    "commented-by": "Comment:",
}


@dataclass(frozen=True)
class Identified:
    """A related article that a record can link: by its DOI, else by its address on the web."""

    related: RelatedWork
    doi: str
    address: str

    @property
    def identifier(self) -> str:
        return self.doi or self.address


def identified_articles(work: Work) -> Iterator[Identified]:
    """Yield the related articles that have a DOI or an address on the web."""
    for related in work.related:
        found = Identified(related, valid_doi(related.doi), absolute_address(related.address))
        if found.identifier:
            yield found
