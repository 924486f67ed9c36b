"""Tests of `fleuron.csl`: the citation processor, and the conversion of .bib files to and from CSL-JSON."""
