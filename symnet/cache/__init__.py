"""A content-addressed cache on disk: what was computed once from the same content is not computed again.

A key is the hash of everything that the result depends on; an entry is JSON with a checksum of its
payload. Entries are written beside their place and renamed into it, so that concurrent writers and
crashes leave whole entries only; whatever cannot be read, parsed or verified counts as absent. The
folder is `platformdirs`' user cache folder; the environment variable SYMNET_CACHE_DIR names another,
and the empty value switches the cache off.
"""

from symnet.cache.store import Store, digest, source_digest

__all__ = ["Store", "digest", "source_digest"]
