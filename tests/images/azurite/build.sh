#!/usr/bin/env bash
# A stand-in for the original Azurite image, under its very tag, where the original cannot be pulled: the same program
# from npm with the node of this machine, and the same command, ports, volume and working directory.
set -euo pipefail

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/images/common.sh
source "$folder/../common.sh"

readonly image='mcr.microsoft.com/azure-storage/azurite:3.37.0'

require_engine

if take_original "$image"; then
  exit
fi

require node 'install Node 20 or later'
require npm 'install npm'
require busybox 'install the package busybox-static'
hash=$(content_hash "$folder"/{build.sh,bundle.sh,docker-entrypoint.sh,package.json,package-lock.json} "$folder"/bundler/* "$folder/../common.sh" \
  "$(command -v busybox)" -- "$(node --version)")
if [[ $(image_label "$image" "$hash_label") == "$hash" ]]; then
  note "the stand-in for $image is up to date"
  exit
fi

note "making a stand-in for $image from npm"
make_root
add_base
copy_program node /usr/local/bin
install -m 755 "$folder/docker-entrypoint.sh" "$image_root/usr/local/bin/docker-entrypoint.sh"
mkdir -p "$image_root"/{data,home/node}

home=$image_root/opt/azurite
parts=$(mktemp -d -p "$image_root")
cp "$folder"/{package.json,package-lock.json,.npmrc} "$parts"
(cd "$parts" && npm ci --ignore-scripts --prefer-offline --loglevel=error)
azurite=$parts/node_modules/azurite
"$folder/bundle.sh" "$azurite"
for name in azurite azurite-blob azurite-queue azurite-table; do
  script=$(cd "$azurite" && node -p "require('./package.json').bin['$name']")
  install -D -m 755 "$azurite/$script" "$home/$script"
  install -m 644 "$azurite/${script%.js}".bundle.js* "$home/$(dirname "$script")"
  ln -s "/opt/azurite/$script" "$image_root/usr/local/bin/$name"
done
cp "$azurite"/{package.json,LICENSE} "$home"
rm -rf "$parts"

# One EXPOSE for each port: Podman's import takes no list.
import_image "$image" "$hash" \
  'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
  'ENV NODE_ENV=production' \
  'WORKDIR /opt/azurite' \
  'VOLUME ["/data"]' \
  'EXPOSE 10000' \
  'EXPOSE 10001' \
  'EXPOSE 10002' \
  'ENTRYPOINT ["docker-entrypoint.sh"]' \
  'CMD ["azurite", "-l", "/data", "--blobHost", "0.0.0.0", "--queueHost", "0.0.0.0", "--tableHost", "0.0.0.0"]'
