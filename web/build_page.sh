#!/usr/bin/env bash
# build_page.sh WEB BUILD: builds the page of the folder WEB into BUILD/dist, touching nothing outside BUILD. Where npm
# cannot get its packages (no network), the page becomes one that says so: the program is built all the same.
set -euo pipefail
web=$1 build=$2
mkdir -p "$build"
rm -rf "$build/src" "$build/dist"
cp -r "$web/src" "$web/index.html" "$web/vite.config.js" "$web/package.json" "$build"

packages() {
    cmp -s "$web/package-lock.json" "$build/installed-lock.json" && [[ -d $build/node_modules/vite ]] && return
    cp "$web/package-lock.json" "$build/package-lock.json"
    # Not `npm ci`: it asks for the native parts of every other platform too, which the lock file does not list.
    (cd "$build" && npm install --no-audit --no-fund --loglevel=error) || return
    cp "$web/package-lock.json" "$build/installed-lock.json"
}

if packages && (cd "$build" && node node_modules/vite/bin/vite.js build --logLevel warn); then exit 0; fi

echo "build_page.sh: the proof page could not be built; pli serve will say so at /" >&2
mkdir -p "$build/dist"
printf '%s\n' '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pli</title></head><body><h1>Pli</h1>' \
    '<p>The service runs; its API is at <a href="/v2/openapi.json">/v2/openapi.json</a>. The proof page could not be built:' \
    'npm could not get its packages. Build again with a network.</p></body></html>' >"$build/dist/index.html"
: >"$build/dist/proof.js"
: >"$build/dist/proof.css"
