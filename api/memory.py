"""The server's memory: what is held for good is not looked through for garbage again and again.

Ten thousand directives are some million objects. Python's collector goes through all of them whenever enough new ones
have come, which stops every answer for half a second; what is set aside here it leaves alone.
"""

from __future__ import annotations

import gc


def settle() -> None:
    """Set aside what is held now, once the server has loaded what it keeps; what is replaced later is freed all the
    same."""
    gc.collect()
    gc.freeze()
