#!/usr/bin/env bash
# Makes the images that the tests use: build.sh [azurite|busybox|postgres|redis|mosquitto|all]
set -euo pipefail

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

case ${1:-all} in
  azurite | busybox | postgres | redis | mosquitto) "$folder/$1/build.sh" ;;
  all)
    for image in busybox azurite postgres redis mosquitto; do
      "$folder/$image/build.sh"
    done
    ;;
  *)
    printf 'usage: tests/images/build.sh [azurite|busybox|postgres|redis|mosquitto|all]\n' >&2
    exit 2
    ;;
esac
