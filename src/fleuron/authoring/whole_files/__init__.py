"""Start whole-file translations from catalogues, and record which sections of the source they follow."""
