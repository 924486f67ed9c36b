"""Describe an archived version for people and machines of later decades: formats, preservation events, README."""
