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

programs=(dist/src/azurite.js dist/src/blob/main.js dist/src/queue/main.js dist/src/table/main.js)
for program in "${programs[@]}"; do
  # What is left out is optional, and not installed with it either.
  "$work/node_modules/.bin/esbuild" "$package/$program" --bundle --platform=node --minify --keep-names --log-level=error \
    --external:pg-hstore --alias:applicationinsights="$work/telemetry.js" --outfile="$work/$program"
  chmod 755 "$work/$program"
done
for program in "${programs[@]}"; do
  cp "$work/$program" "$package/$program"
done
touch "$package/.bundled"
