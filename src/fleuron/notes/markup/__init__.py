"""What authors and translators write to call a note, parsed and compared."""
