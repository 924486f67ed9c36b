"""Write what the results of a search can be narrowed to: the authors, the year and the keywords of each article."""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.environment import BuildEnvironment

from fleuron.atomic_files import write_file
from fleuron.content.work_records import author_names
from fleuron.manuscript.records import publication_records

# A script with one call, as the texts of pages, beside Sphinx's index.
FACETS = "searchfacets.js"


def facets_of(env: BuildEnvironment) -> dict[str, dict[str, list[str]]]:
    """Return the authors, the year and the keywords of each article, in the language of the edition."""
    records = publication_records(env)
    return {
        document: {
            "authors": author_names(env, article.authors),
            "years": [str(article.date.year)] if article.date else [],
            "keywords": list(records.article_texts[document].keywords),
        }
        for document, article in sorted(records.articles.items())
        if not article.withdrawn
    }


def write_facets(env: BuildEnvironment, outdir: Path) -> None:
    """Write the file, unless it is there as it would be written."""
    facets = json.dumps(facets_of(env), ensure_ascii=False, separators=(",", ":"))
    script = f"SearchTexts.addFacets({facets});\n"
    path = outdir / FACETS
    if not path.is_file() or path.read_text("utf-8") != script:
        write_file(path, script)
