#!/usr/bin/env python3
"""Builds coated_fogra39.icc from the FOGRA39L characterisation data: rebuild.py [OUT.icc]

Needs Debian's argyll (colprof) and icc-profiles-free (FOGRA39L.ti3, sRGB.icc), and about 90 s of CPU. Not part of the
build: the result is committed. README.md tells what the options are for.
"""
import os
import shutil
import struct
import subprocess
import sys
import tempfile

DATA = "/usr/share/color/icc"
DESCRIPTION = "Coated FOGRA39L, built for Pli"
COPYRIGHT = "FOGRA39L data: Kai-Uwe Behrmann, zlib licence. Profile: zlib licence."
LEFT_OUT = (b"targ", b"DevD", b"CIED", b"arts")  # the measurements, and a note of the maker's own


def colprof(folder):
    shutil.copy(f"{DATA}/FOGRA39L.ti3", f"{folder}/p.ti3")
    subprocess.run(
        ["colprof", "-qm", "-bm", "-nc", "-S", f"{DATA}/sRGB.icc", "-cmt", "-dpp", "-kr", "-l320",
         "-D", DESCRIPTION, "-C", COPYRIGHT, "-O", "p.icc", "p"],
        cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with open(f"{folder}/p.icc", "rb") as file:
        return file.read()


def packed(profile):
    """The same tables: each written once, saturation as perceptual, the date that of the data."""
    count, = struct.unpack_from(">I", profile, 128)
    tags = [struct.unpack_from(">4sII", profile, 132 + 12 * i) for i in range(count)]
    places = {name: (at, size) for name, at, size in tags if name not in LEFT_OUT}
    places[b"B2A2"] = places[b"B2A0"]
    table, body, written = b"", b"", {}
    start = 132 + 12 * len(places)
    for name, (at, size) in places.items():
        if at not in written:
            written[at] = start + len(body)
            body += profile[at:at + size] + bytes(-size % 4)
        table += struct.pack(">4sII", name, written[at], size)
    header = bytearray(profile[:128])
    struct.pack_into(">I", header, 0, start + len(body))
    struct.pack_into(">6H", header, 24, 2006, 12, 1, 0, 0, 0)
    return bytes(header) + struct.pack(">I", len(places)) + table + body


def main():
    out = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "coated_fogra39.icc")
    with tempfile.TemporaryDirectory() as folder:
        profile = packed(colprof(folder))
    with open(out, "wb") as file:
        file.write(profile)
    print(f"{out}: {len(profile)} bytes")


main()
