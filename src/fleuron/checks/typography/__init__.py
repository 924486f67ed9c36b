"""Rules on typography, by the usage of each language; code, addresses and words in other languages are left alone."""
