#!/usr/bin/env python3
"""Makes the two font subsets beside this file from Debian's fonts-inter; run by hand.

Needs fonttools. The family is renamed because a changed font must not carry a reserved name
(OFL 1.1, section 3). Same source, same bytes: the time stamp inside is kept from the source.
"""
import os
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = "/usr/share/fonts/opentype/inter"
FAMILY = "Voronka Sans"
UNICODES = (
    "U+0020-007E,U+00A0-017F,U+0400-04FF,U+03BC,U+03C3,U+2009,U+2010-2015,U+2018-201F,U+2022,"
    "U+2026,U+202F,U+2032,U+20AC,U+20B4,U+20B8,U+20BD,U+2116,U+2190-2193,U+2212,U+2248,U+2260,"
    "U+2264,U+2265"
)

for style in ("Regular", "SemiBold"):
    source = TTFont(f"{SOURCE}/Inter-{style}.otf", recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.drop_tables += ["BASE", "DSIG", "GDEF", "GPOS", "GSUB", "STAT"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(UNICODES.replace("U+", "")))
    cutter.subset(source)
    names = {
        1: FAMILY,
        2: style,
        3: f"{FAMILY} {style}",
        4: f"{FAMILY} {style}",
        6: f"{FAMILY.replace(' ', '')}-{style}",
    }
    for record in source["name"].names:
        record.string = names.get(record.nameID, str(record))
    cff = source["CFF "].cff
    cff.fontNames[0] = names[6]
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = names[4], FAMILY
    target = f"{HERE}/VoronkaSans-{style}.otf"
    source.save(target)
    print(target, os.path.getsize(target), "bytes", file=sys.stderr)
