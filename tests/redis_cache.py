"""Redis for tests that run in several processes at once."""

import os
import secrets

from django.core.cache.backends.redis import RedisCache

RUN = secrets.token_hex(4)  #: the same in all processes forked by one run


class RedisCacheOfOneProcess(RedisCache):
    """Keep the keys of each test process apart, so that none reads or clears another's."""

    def make_key(self, key, version=None):
        return self.namespace() + super().make_key(key, version)

    def clear(self):
        client = self._cache.get_client(None, write=True)
        keys = list(client.scan_iter(match=f"{self.namespace()}*"))
        return bool(client.delete(*keys)) if keys else True

    def namespace(self):
        return f"portal-tests:{RUN}:{os.getpid()}:"
