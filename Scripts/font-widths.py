#!/usr/bin/env python3
"""Writes Sources/Plotting/Text/FontWidths.swift: how wide characters are.

A figure is laid out before anyone knows with which font it will be shown, so each character is as wide as in
the widest of the fonts that figures ask for: Liberation Sans (as wide as Helvetica and Arial) and DejaVu Sans.
Widths are facts of the fonts; nothing of their outlines is kept.

    python3 -m venv fonts && fonts/bin/pip install fonttools==4.68.0
    fonts/bin/python Scripts/font-widths.py    # Debian: fonts-liberation, fonts-dejavu-core
"""
import pathlib
from fontTools.ttLib import TTFont

FOLDER = pathlib.Path("/usr/share/fonts/truetype")
FONTS = {
    "regular": ["liberation/LiberationSans-Regular.ttf", "liberation/LiberationSans-Italic.ttf", "dejavu/DejaVuSans.ttf"],
    "bold": ["liberation/LiberationSans-Bold.ttf", "dejavu/DejaVuSans-Bold.ttf"],
}
# Basic Latin, Latin-1, Latin Extended-A; Greek; punctuation; super- and subscripts; arrows; mathematics.
RANGES = [(0x20, 0x17F), (0x391, 0x3C9), (0x2010, 0x2026), (0x2070, 0x209C), (0x2190, 0x2199), (0x2200, 0x2265)]


def widths(files):
    fonts = [TTFont(FOLDER / file) for file in files]
    tables = [(font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm) for font in fonts]

    def width(code):
        found = [hmtx[cmap[code]][0] / unit for cmap, hmtx, unit in tables if code in cmap]
        # A thousandth of an em, rounded up; a character that no font has is taken to be as wide as high.
        return -int(-max(found) * 1000 // 1) if found else 1000

    return [[width(code) for code in range(first, last + 1)] for first, last in RANGES]


def listing(rows):
    lines = []
    for (first, last), row in zip(RANGES, rows):
        lines.append(f"    (0x{first:X}, [")
        for start in range(0, len(row), 16):
            lines.append("      " + " ".join(f"{value}," for value in row[start:start + 16]))
        lines.append("    ]),")
    return "\n".join(lines)


parts = [f"  static let {name}: [(first: UInt32, widths: [UInt16])] = [\n{listing(widths(files))}\n  ]" for name, files in FONTS.items()]
text = """// Made by Scripts/font-widths.py from the widths of Liberation Sans 2 and DejaVu Sans 2.37.

/// Widths of characters in thousandths of the font's size, by ranges of code points.
enum FontWidths {
""" + "\n\n".join(parts) + "\n}\n"
(pathlib.Path(__file__).parent.parent / "Sources/Plotting/Text/FontWidths.swift").write_text(text)
