#!/bin/sh
# Like the original's: as root it gives its folders to the user mosquitto, which the broker becomes by itself.
set -eu

if [ "$(id -u)" = 0 ]; then
  chown -R mosquitto:mosquitto /mosquitto
fi
exec "$@"
