"""Write articles as JATS XML."""
