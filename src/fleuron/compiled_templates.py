"""Cache compiled templates, because each build would compile the same ones again."""

from __future__ import annotations

import hashlib
import os
import sys
from importlib.metadata import version
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from fleuron.cache_folder import CacheFolder, find_folder

# The number goes up when templates are compiled otherwise than before.
FORMAT = b"fleuron compiled template 1"
LIMIT = 2**25


class CompiledTemplates(BytecodeCache):
    """The compiled templates of environments, which any number of builds share.

    Jinja 3.1 names an entry by the path and the source of the template; what it compiles depends on the environment's
    settings, on Jinja and on Python too.
    """

    def __init__(self, folder: CacheFolder, environment: Environment) -> None:
        self.folder = folder
        settings = {name: getattr(environment, name) for name in ("autoescape", "trim_blocks", "lstrip_blocks")}
        parts = (type(environment).__qualname__, sorted(environment.extensions), sorted(environment.filters))
        self.settings = (version("jinja2"), sys.version, settings, parts)

    def digest(self, bucket: Bucket) -> str:
        return hashlib.sha256(repr((self.settings, bucket.key, bucket.checksum)).encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        self.folder.read(self.digest(bucket), bucket.bytecode_from_string)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.folder.write(self.digest(bucket), bucket.bytecode_to_string())


def cache_templates(environment: Any) -> None:
    """Let a Jinja environment take compiled templates from the cache that FLEURON_CACHE names, if there is one.

    Another template engine, which a publication may choose (``template_bridge``), keeps its own way.
    """
    folder, _reason = find_folder(os.environ, "templates", "templates")
    if folder is not None and isinstance(environment, Environment):
        environment.bytecode_cache = CompiledTemplates(CacheFolder(folder, FORMAT, ".bytecode", LIMIT), environment)
