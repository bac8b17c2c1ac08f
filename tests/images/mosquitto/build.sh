#!/usr/bin/env bash
# A stand-in for the original Mosquitto image, under its tag, made of the Mosquitto of this machine.
set -euo pipefail

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/images/common.sh
source "$folder/../common.sh"

readonly image='eclipse-mosquitto:2.1.2-alpine'

require_engine
if take_original "$image"; then
  exit
fi

PATH=$PATH:/usr/sbin
require mosquitto 'install the package mosquitto'
require busybox 'install the package busybox-static'
version=$(mosquitto -h | head -n 1) || true
hash=$(content_hash "$folder"/{build.sh,docker-entrypoint.sh} "$folder/../common.sh" "$(command -v busybox)" -- "$version")
if [[ $(image_label "$image" "$hash_label") == "$hash" ]]; then
  note "the stand-in for $image is up to date"
  exit
fi

note "making a stand-in for $image from $version"
make_root
add_base
add_user mosquitto 1883
copy_program mosquitto /usr/sbin
mkdir -p "$image_root"/mosquitto/{config,data,log}
# Without a listener: it takes connections from its own container alone, as the original does.
printf '%s\n' 'persistence true' 'persistence_location /mosquitto/data/' >"$image_root/mosquitto/config/mosquitto.conf"
install -m 755 "$folder/docker-entrypoint.sh" "$image_root/bin/docker-entrypoint.sh"

import_image "$image" "$hash" \
  'ENV PATH=/usr/sbin:/usr/bin:/bin' \
  'VOLUME ["/mosquitto/data", "/mosquitto/log"]' \
  'EXPOSE 1883' \
  'ENTRYPOINT ["docker-entrypoint.sh"]' \
  'CMD ["/usr/sbin/mosquitto", "-c", "/mosquitto/config/mosquitto.conf"]'
