project = "Small"
author = "A. Author"
extensions = ["fleuron"]
fleuron_languages = ["en", "tr"]
fleuron_epub_fonts = False
