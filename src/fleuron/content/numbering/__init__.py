"""Number sections, figures and tables."""
