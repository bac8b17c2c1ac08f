#!/bin/sh
# Like the entry point of the original's base image: what is not a program is an argument of node.
set -eu
if [ $# -eq 0 ] || [ "${1#-}" != "$1" ] || ! command -v "$1" >/dev/null; then
  set -- node "$@"
fi
# Azurite lives for seconds here, which is not long enough for the optimising compiler to pay.
case $1 in
  azurite | azurite-*)
    script=$(command -v "$1")
    shift
    set -- node --no-opt --max-semi-space-size=64 "$script" "$@"
    ;;
esac
exec "$@"
