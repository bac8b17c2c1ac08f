#!/bin/sh
# Like the entry point of the original's base image: what is not a program is an argument of node.
set -eu
if [ $# -eq 0 ] || [ "${1#-}" != "$1" ] || ! command -v "$1" >/dev/null; then
  set -- node "$@"
fi
exec "$@"
