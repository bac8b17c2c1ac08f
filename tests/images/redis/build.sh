#!/usr/bin/env bash
# A stand-in for the original Redis image, under its tag, made of the Redis of this machine.
set -euo pipefail

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/images/common.sh
source "$folder/../common.sh"

readonly image='redis:8.10.1'

require_engine
if take_original "$image"; then
  exit
fi

require redis-server 'install the package redis-server'
require redis-cli 'install the package redis-tools'
require busybox 'install the package busybox-static'
require setpriv 'install the package util-linux'
hash=$(content_hash "$folder"/{build.sh,docker-entrypoint.sh} "$folder/../common.sh" "$(command -v busybox)" -- "$(redis-server --version)")
if [[ $(image_label "$image" "$hash_label") == "$hash" ]]; then
  note "the stand-in for $image is up to date"
  exit
fi

note "making a stand-in for $image from $(redis-server --version)"
make_root
add_base
add_user redis 999
copy_program setpriv /usr/bin
copy_program redis-server /usr/local/bin
copy_program redis-cli /usr/local/bin
mkdir "$image_root/data"
install -m 755 "$folder/docker-entrypoint.sh" "$image_root/usr/local/bin/docker-entrypoint.sh"

import_image "$image" "$hash" \
  'ENV PATH=/usr/local/bin:/usr/bin:/bin' \
  'VOLUME ["/data"]' \
  'WORKDIR /data' \
  'EXPOSE 6379' \
  'ENTRYPOINT ["docker-entrypoint.sh"]' \
  'CMD ["redis-server"]'
