"""Any input for each parser: it is read, or refused with a message of ours."""
