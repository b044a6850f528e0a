#!/usr/bin/env bash
# run.sh WEB BUILD: the tests of the proof page in headless Chromium, from the source folder; PLI_PROGRAM names the program.
# Exit status 77, which ctest counts as skipped, where no Chromium or no npm is installed.
set -euo pipefail
tests=$1 build=$2
for program in node npm chromium; do
    command -v "$program" >/dev/null && continue
    echo "skipped: $program is not installed (packages.txt)"
    exit 77
done
mkdir -p "$build"
cp "$tests"/*.mjs "$tests/package.json" "$build"
if ! cmp -s "$tests/package-lock.json" "$build/installed-lock.json"; then
    cp "$tests/package-lock.json" "$build"
    (cd "$build" && npm install --no-audit --no-fund --loglevel=error)
    cp "$tests/package-lock.json" "$build/installed-lock.json"
fi
exec node --test --test-reporter=spec "$build/page.test.mjs"
