"""Any string in pure ASCII, for terminals that can carry nothing else."""

from __future__ import annotations

import unicodedata

_TABLE = """
− -   – -   — --   ′ '   ″ ''   ‴ '''   ’ '   ‘ '   “ "   ” "   … ...   · *   ⋅ *   × x   ≈ ~=   ≤ <=   ≥ >=
≠ !=   → ->   ← <-   ⇒ =>   ↦ |->   ∈ in   ∞ inf   √ sqrt   Σ sum   ∑ sum   ∂ d   ∇ grad   ⊙ o   ∘ o   ᵀ ^T
⊤ ^T   ℝ R   ½ 1/2   ¼ 1/4   ¾ 3/4   ± +/-   ✓ +   ✗ x   • *   ○ o   ● @   ⋮ :   │ |   ─ -   ┃ |   ▸ >   ⟨ <
⟩ >   ‖ ||
"""
_SPELLED: dict[str, str] = {pair[0]: pair[2:] for line in _TABLE.strip().split("\n") for pair in line.split("   ")}


def spelled_in_ascii(text: str) -> str:
    """`text` in ASCII: signs by their usual spelling, letters without their accents, Greek by name, else ``?``."""
    out = []
    for letter in text:
        if letter.isascii():
            out.append(letter)
        elif letter in _SPELLED:
            out.append(_SPELLED[letter])
        else:
            out.append(_decomposed(letter))
    return "".join(out)


def _decomposed(letter: str) -> str:
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if part.isascii())
    if plain:
        return plain
    name = unicodedata.name(letter, "")
    if name.startswith("GREEK") and "LETTER" in name:
        return name.rsplit(" ", 1)[-1].lower()
    return "" if unicodedata.category(letter) in ("So", "Sk", "Cf", "Mn") else "?"
