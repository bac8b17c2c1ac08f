#!/usr/bin/env bash
# Makes the images that the tests use: build.sh [azurite|busybox|all]
set -euo pipefail

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

case ${1:-all} in
  azurite | busybox) "$folder/$1/build.sh" ;;
  all)
    "$folder/busybox/build.sh"
    "$folder/azurite/build.sh"
    ;;
  *)
    printf 'usage: tests/images/build.sh [azurite|busybox|all]\n' >&2
    exit 2
    ;;
esac
