#!/usr/bin/env bash
# Makes each program of an installed Azurite one file in its own place, without telemetry: a start takes less than half of
# the time, which the tests wait for hundreds of times. A second run does nothing.
set -euo pipefail

if [[ $# -ne 1 || ! -f $1/dist/src/blob/main.js ]]; then
  printf 'usage: tests/images/azurite/bundle.sh <folder of the package azurite>\n' >&2
  exit 2
fi

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
package=$(cd "$1" && pwd)
readonly folder package

if [[ -e $package/.bundled ]]; then
  exit
fi

work=$(mktemp -d)
readonly work
trap 'rm -rf "$work"' EXIT
cp "$folder/.npmrc" "$folder"/bundler/* "$work"
(cd "$work" && npm ci --ignore-scripts --prefer-offline --loglevel=error >/dev/null)

programs=(dist/src/azurite dist/src/blob/main dist/src/queue/main dist/src/table/main)
for program in "${programs[@]}"; do
  # What is left out is optional, and not installed with it either.
  "$work/node_modules/.bin/esbuild" "$package/$program.js" --bundle --platform=node --minify --keep-names --log-level=error \
    --external:pg-hstore --alias:applicationinsights="$work/telemetry.js" --outfile="$work/$program.bundle.js"
done
for program in "${programs[@]}"; do
  cp "$work/$program.bundle.js" "$package/$program.bundle.js"
  install -m 755 "$work/program.js" "$package/$program.js"
  BUNDLE_CACHE=write node "$package/$program.js" --version >/dev/null
done
touch "$package/.bundled"
