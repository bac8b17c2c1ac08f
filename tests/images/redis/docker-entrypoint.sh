#!/bin/sh
# Like the original's: as root it gives the data to the user redis and becomes that user.
set -eu

if [ "${1#-}" != "$1" ]; then
  set -- redis-server "$@"
fi
if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  chown -R redis:redis .
  exec /usr/bin/setpriv --reuid redis --regid redis --clear-groups "$0" "$@"
fi
# In a container every client comes from outside.
if [ "$1" = redis-server ]; then
  set -- "$@" --protected-mode no
fi
exec "$@"
