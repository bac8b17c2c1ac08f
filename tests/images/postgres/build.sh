#!/usr/bin/env bash
# A stand-in for the original PostgreSQL image, under its tag, made of the PostgreSQL of this machine.
set -euo pipefail

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/images/common.sh
source "$folder/../common.sh"

readonly image='postgres:18.6'

require_engine
if take_original "$image"; then
  exit
fi

programs=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort --version-sort | tail -n 1)
[[ -x $programs/postgres ]] || die 'PostgreSQL is not installed: install the package postgresql'
version=$(basename "$(dirname "$programs")")
require busybox 'install the package busybox-static'
require setpriv 'install the package util-linux'
hash=$(content_hash "$folder"/{build.sh,docker-entrypoint.sh} "$folder/../common.sh" "$(command -v busybox)" -- "$("$programs/postgres" --version)")
if [[ $(image_label "$image" "$hash_label") == "$hash" ]]; then
  note "the stand-in for $image is up to date"
  exit
fi

note "making a stand-in for $image from PostgreSQL $version"
make_root
add_base
add_user postgres 999
copy_program setpriv /usr/bin
for program in postgres initdb pg_ctl pg_isready psql createdb; do
  # In its own folder: the programs look for each other and for their files from there.
  copy_program "$programs/$program" "$programs"
done
mkdir -p "$image_root/usr/lib/postgresql/$version/lib" "$image_root/usr/share/postgresql" "$image_root/usr/lib/locale" \
  "$image_root"/{docker-entrypoint-initdb.d,var/lib/postgresql,var/run/postgresql}
find "/usr/lib/postgresql/$version/lib" -maxdepth 1 -name '*.so' ! -name 'llvmjit*' -exec cp {} "$image_root/usr/lib/postgresql/$version/lib" \;
cp -r "/usr/share/postgresql/$version" "$image_root/usr/share/postgresql"
# A link to the file that only Debian's packages have.
rm -f "$image_root/usr/share/postgresql/$version/postgresql.conf.sample"
cp -L "/usr/share/postgresql/$version/postgresql.conf.sample" "$image_root/usr/share/postgresql/$version"
cp -r /usr/lib/locale/C.utf8 "$image_root/usr/lib/locale"
cp -r /usr/share/zoneinfo "$image_root/usr/share"
install -m 755 "$folder/docker-entrypoint.sh" "$image_root/bin/docker-entrypoint.sh"

import_image "$image" "$hash" \
  "ENV PATH=$programs:/usr/local/bin:/usr/bin:/bin" \
  'ENV LANG=C.UTF-8' \
  'ENV PGDATA=/var/lib/postgresql/18/docker' \
  'VOLUME ["/var/lib/postgresql"]' \
  'EXPOSE 5432' \
  'ENTRYPOINT ["docker-entrypoint.sh"]' \
  'CMD ["postgres"]'
