#!/usr/bin/env bash
# localzure-test/busybox:1, a small image whose only program misbehaves on demand, and the same with a HEALTHCHECK.
set -euo pipefail

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/images/common.sh
source "$folder/../common.sh"

readonly image='localzure-test/busybox'

require_engine
require busybox 'install the package busybox-static'

hash=$(content_hash "$folder/../common.sh" "$folder/build.sh" "$folder/service" "$(command -v busybox)" --)
if [[ $(image_label "$image:1" "$hash_label") == "$hash" && $(image_label "$image:1-health" "$hash_label") == "$hash" ]]; then
  note "$image:1 is up to date"
  exit
fi

make_root
add_base
install -m 755 "$folder/service" "$image_root/bin/service"

readonly settings=('ENV PATH=/bin:/usr/bin' 'ENTRYPOINT ["/bin/service"]' 'CMD ["idle"]')
import_image "$image:1" "$hash" "${settings[@]}"
readonly health='HEALTHCHECK --interval=1s --timeout=1s --retries=3 CMD wget -q -O /dev/null http://127.0.0.1:8080/'
if [[ $(docker version --format '{{(index .Server.Components 0).Name}}') == 'Podman Engine' ]]; then
  # Podman's import refuses a HEALTHCHECK ("invalid instruction HEALTHCHECK"). BuildKit is Docker's own.
  old=$(docker image inspect --format '{{.Id}}' "$image:1-health" 2>/dev/null || true)
  output=$(printf 'FROM %s\n%s\n' "$image:1" "$health" | DOCKER_BUILDKIT=0 docker build --tag "$image:1-health" - 2>&1) ||
    die "$image:1-health could not be built: $output"
  if [[ -n $old ]]; then
    docker image rm "$old" >/dev/null 2>&1 || true
  fi
  note "$image:1-health made"
else
  import_image "$image:1-health" "$hash" "${settings[@]}" "$health"
fi
