"""Any string as TeX that pdflatex can set with the fonts of lmodern: commands for what TeX reads as its own.

A letter with an accent stays as it is, a sign that the fonts lack becomes its command, any other letter loses
its ornament, and a pictograph vanishes: it decorates and never carries the meaning.
"""

from __future__ import annotations

import unicodedata

_TABLE = r"""
\ \textbackslash{}   { \{   } \}   $ \$   % \%   & \&   # \#   _ \_   ^ \textasciicircum{}   ~ \textasciitilde{}
< \textless{}   > \textgreater{}   | \textbar{}   " \textquotedbl{}   ` \textasciigrave{}   − \ensuremath{-}
– --   — ---   ’ '   ‘ `   “ ``   ” ''   … \dots{}   · \ensuremath{\cdot}   ⋅ \ensuremath{\cdot}
× \ensuremath{\times}   ± \ensuremath{\pm}   ≈ \ensuremath{\approx}   ≤ \ensuremath{\le}   ≥ \ensuremath{\ge}
≠ \ensuremath{\ne}   → \ensuremath{\to}   ← \ensuremath{\gets}   ⇒ \ensuremath{\Rightarrow}
↦ \ensuremath{\mapsto}   ∈ \ensuremath{\in}   ∉ \ensuremath{\notin}   ∞ \ensuremath{\infty}
√ \ensuremath{\surd}   ∂ \ensuremath{\partial}   ∇ \ensuremath{\nabla}   ⊙ \ensuremath{\odot}
∘ \ensuremath{\circ}   ∑ \ensuremath{\sum}   ∏ \ensuremath{\prod}   ∫ \ensuremath{\int}
ℝ \ensuremath{\mathbb{R}}   ℕ \ensuremath{\mathbb{N}}   ′ \ensuremath{'}   ″ \ensuremath{''}
‴ \ensuremath{'''}   ⊤ \ensuremath{\top}   ᵀ \textsuperscript{T}   ✓ \ensuremath{\checkmark}   ° \textdegree{}
½ \ensuremath{\frac12}   ‖ \ensuremath{\Vert}   ⟨ \ensuremath{\langle}   ⟩ \ensuremath{\rangle}
• \textbullet{}   ▸ \ensuremath{\triangleright}   ⋮ \ensuremath{\vdots}   ∼ \ensuremath{\sim}
≡ \ensuremath{\equiv}   ↳ \ensuremath{\hookrightarrow}   ∧ \ensuremath{\wedge}   ∨ \ensuremath{\vee}
∪ \ensuremath{\cup}   ∩ \ensuremath{\cap}   ϕ \ensuremath{\phi}   ϵ \ensuremath{\epsilon}
⌊ \ensuremath{\lfloor}   ⌋ \ensuremath{\rfloor}
"""
COMMANDS: dict[str, str] = {pair[0]: pair[2:] for line in _TABLE.strip().split("\n") for pair in line.split("   ")}
COMMANDS |= {"\u00a0": "~", "\u2009": r"\,", "\u202f": r"\,"}
_ACCENTED = "äöüßÄÖÜéèêëáàâåãæçñóòôøõœúùûíìîïýÿšžłńęąćśźżőűřčěÉÈÁÀÅÆÇÑÓÒØÖÜÚŠŽŁŚŐŰŘČĚÍÎ§«»"
_LIKE_LATIN = {
    "alpha": "A", "beta": "B", "epsilon": "E", "zeta": "Z", "eta": "H", "iota": "I", "kappa": "K", "mu": "M", "nu": "N",
    "omicron": "O", "rho": "P", "tau": "T", "chi": "X",
}  # fmt: skip
"""Capital Greek letters that have no command because they look Latin."""


def tex_text(text: str) -> str:
    """`text` for TeX's text mode."""
    return "".join(map(tex_character, text))


def tex_character(letter: str) -> str:
    """One character for TeX's text mode."""
    if letter in COMMANDS:
        return COMMANDS[letter]
    if letter.isascii() or letter in _ACCENTED:
        return letter
    name = unicodedata.name(letter, "")
    if name.startswith("GREEK") and "LETTER" in name and " WITH " not in name:
        return _greek(name)
    if name.startswith(("SUPERSCRIPT", "MODIFIER LETTER")):
        return rf"\textsuperscript{{{_plain(letter)}}}"
    if name.startswith(("SUBSCRIPT", "LATIN SUBSCRIPT")):
        return rf"\ensuremath{{_{{{_plain(letter)}}}}}"
    return _plain(letter)


def _greek(name: str) -> str:
    word = name.split("LETTER ")[1].lower()
    word = {"final sigma": "varsigma", "lamda": "lambda"}.get(word, word)
    if "CAPITAL" in name:
        return (
            rf"\ensuremath{{\mathrm{{{_LIKE_LATIN[word]}}}}}"
            if word in _LIKE_LATIN
            else rf"\ensuremath{{\{word.capitalize()}}}"
        )
    return "o" if word == "omicron" else rf"\ensuremath{{\{word}}}"


def _plain(letter: str) -> str:
    """The letter without its ornament, in ASCII; nothing where that leaves nothing."""
    parts = unicodedata.normalize("NFKD", letter).replace("−", "-")
    return "".join(COMMANDS.get(part, part) for part in parts if part.isascii())
