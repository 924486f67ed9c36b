"""A small publication in Persian and English, to see right-to-left pages by."""

FILES = {
    "conf.py": (
        'project = "حاشیه"\nauthor = "تحریریه"\nextensions = ["fleuron"]\n'
        'fleuron_languages = ["fa", "en"]\nfleuron_publication = "hashiya"\nfleuron_edition_threshold = 0\n'
    ),
    "index.md": (
        "# حاشیه\n\nمجله‌ای کوچک دربارهٔ یادداشت‌ها و آنان که می‌نویسندشان.\n\n"
        "```{toctree}\n:caption: مقاله‌ها\n\narticles/one\narticles/two\n```\n"
    ),
    "refs.bib": (
        "@book{grafton1997,\n  author = {Grafton, Anthony},\n  title = {The Footnote: A Curious History},\n"
        "  publisher = {Harvard University Press},\n  address = {Cambridge, "
        "MA},\n  year = {1997},\n  langid = {english}\n}\n\n"
        "@book{ghubar1967,\n  author = {غبار, میر غلام محمد},\n  title = {افغانستان در مسیر تاریخ},\n"
        "  address = {کابل},\n  year = {1967},\n  langid = {persian}\n}\n"
    ),
    "articles/one.md": (
        "---\nsubtitle: چرا پژوهشگران گواهان خود را در پایین صفحه نگه "
        "می‌دارند\nauthors: [tahririye]\ndate: 2026-11-23\n"
        "abstract: پانویس نوشته می‌شود تا از آن بگذرند، و باید همان یک خواننده‌ای را که می‌ایستد قانع کند.\n"
        "keywords: [پانویس, تاریخ]\nlicense: CC-BY-4.0\n---\n\n# زندگی کوتاه پانویس\n\n"
        "عددی کوچک و بالانشین از خواننده می‌پرسد که پایین می‌رود یا می‌گذرد. بیشتر خوانندگان می‌گذرند."
        "{footcite}`grafton1997{ch. 1}` پانویس تنها بخش کتاب است که به این "
        "امید نوشته می‌شود که کسی آن را نخواند، و باید "
        "برای آن یک تن که می‌خواند به اندازهٔ کافی خوب باشد.[^hume]\n\n"
        "در نسخه‌های خطی فارسی و عربی حاشیه در کنار متن می‌آمد و گاه خود حاشیه‌هایی پیدا می‌کرد."
        "{footcite}`ghubar1967` در سال 1997 کتابی دربارهٔ تاریخ پانویس منتشر شد که نام آن *The Footnote* است."
        "{footcite}`grafton1997`\n\n## آنچه یک یادداشت بدهکار است\n\n"
        "هر یادداشت چهار بدهی دارد: می‌گوید چیزی در کجاست، نام یابندهٔ نخست "
        "را می‌آورد، مرز دانستهٔ نویسنده را نشان می‌دهد "
        "و خواننده را آزاد می‌گذارد که مخالف باشد.{footcite}`ghubar1967`\n\n"
        ":::{table} چهار بدهی\n\n| بدهی | سال |\n|---|---|\n| نشانی | 1904 |\n| نام | 1967 |\n\n:::\n\n"
        "[^hume]: هیوم از گیبون خواست که یادداشت‌هایش را از پایان جلد به پای صفحه بیاورد.\n"
    ),
    "articles/two.md": (
        "---\nauthors: [tahririye]\ndate: 2026-11-20\nkeywords: [حاشیه, تاریخ]\n---\n\n# حاشیه پیش از پانویس\n\n"
        "پیش از آنکه یادداشت به پایین صفحه برود، در حاشیه می‌نشست. خواننده "
        "در کنار متن حاشیه می‌خواند و نویسنده نام گواه "
        "خود را می‌آورد.{footcite}`ghubar1967{p. 12}`\n"
    ),
    "authors/tahririye.md": (
        "---\nname: تحریریهٔ حاشیه\norganization: true\n---\n\nتحریریهٔ حاشیه این مجله را می‌گرداند.\n"
    ),
}
