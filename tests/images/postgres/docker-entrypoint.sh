#!/bin/sh
# Like the original's: as root it gives the folders to the user postgres and becomes that user; without data it makes the
# database with the password, while a server runs that listens on a socket alone.
set -eu

if [ "${1#-}" != "$1" ]; then
  set -- postgres "$@"
fi

if [ "$1" = postgres ] && [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /var/run/postgresql
  chmod 700 "$PGDATA"
  chown -R postgres:postgres /var/lib/postgresql /var/run/postgresql
  exec /usr/bin/setpriv --reuid postgres --regid postgres --clear-groups "$0" "$@"
fi

if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
  if [ -z "${POSTGRES_PASSWORD:-}" ]; then
    echo 'Error: Database is uninitialized and superuser password is not specified.' >&2
    exit 1
  fi
  user=${POSTGRES_USER:-postgres}
  umask 077
  printf '%s\n' "$POSTGRES_PASSWORD" >/tmp/pwfile
  initdb --pgdata "$PGDATA" --username "$user" --pwfile /tmp/pwfile --encoding UTF8 --locale C.UTF-8
  rm /tmp/pwfile
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  echo "listen_addresses = '*'" >>"$PGDATA/postgresql.conf"
  pg_ctl --pgdata "$PGDATA" --options "-c listen_addresses=''" --wait start
  if [ "${POSTGRES_DB:-$user}" != postgres ]; then
    createdb --username "$user" --maintenance-db postgres "${POSTGRES_DB:-$user}"
  fi
  pg_ctl --pgdata "$PGDATA" --mode fast --wait stop
  echo 'PostgreSQL init process complete; ready for start up.'
fi

exec "$@"
