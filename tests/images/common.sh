# Shared by the image scripts; sourced, not run.
# shellcheck shell=bash

readonly test_label='localzure.test'
readonly hash_label='localzure.test.hash'
readonly pull_seconds=20

note() {
  printf 'images: %s\n' "$1"
}

die() {
  printf 'images: %s\n' "$1" >&2
  exit 1
}

require() {
  command -v "$1" >/dev/null || die "$1 is not installed: $2"
}

# The images are made of programs of this machine, so the engine has to be able to run those.
require_engine() {
  require docker 'the docker command line is needed to make the test images'
  [[ $(uname -s) == Linux ]] || die 'the test images can only be made on Linux'
  local engine wanted
  engine=$(docker version --format '{{.Server.Os}}/{{.Server.Arch}}' 2>&1) || die "no container engine answers: $engine"
  case $(uname -m) in
    x86_64) wanted=linux/amd64 ;;
    aarch64) wanted=linux/arm64 ;;
    *) wanted=linux/$(uname -m) ;;
  esac
  [[ $engine == "$wanted" ]] || die "the engine runs $engine, this machine makes $wanted images"
}

# A folder for the image's files that is gone when the script ends, however it ends.
make_root() {
  image_root=$(mktemp -d)
  trap 'rm -rf "$image_root"' EXIT
  # mktemp makes it private; the image's root folder must be readable for every user.
  chmod 755 "$image_root"
}

image_exists() {
  docker image inspect "$1" >/dev/null 2>&1
}

# Prints a label of an image; nothing when the image or the label is not there.
image_label() {
  docker image inspect --format "{{with .Config.Labels}}{{index . \"$2\"}}{{end}}" "$1" 2>/dev/null || true
}

# One hash over the content of files and over words such as versions: content_hash <file>... -- <word>...
content_hash() {
  local files=()
  while [[ $1 != -- ]]; do
    files+=("$1")
    shift
  done
  shift
  { cat "${files[@]}" && printf '%s\n' "$(uname -m)" "$@"; } | sha256sum | cut -d ' ' -f 1
}

# Copies a program and the libraries it is linked with: copy_program <program> <folder of the image>
copy_program() {
  local program library
  program=$(readlink -f "$(command -v "$1")")
  mkdir -p "$image_root$2"
  cp -L "$program" "$image_root$2/$(basename "$1")"
  # A line is `libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x...)` or `/lib64/ld-linux-x86-64.so.2 (0x...)`;
  # for a static program ldd fails and prints no path.
  while read -r library; do
    mkdir -p "$image_root$(dirname "$library")"
    cp -L "$library" "$image_root$library"
  done < <(ldd "$program" 2>/dev/null | grep -o '/[^ ]*' | sort -u)
}

# A shell, the usual small programs, the accounts and a writable /tmp.
add_base() {
  mkdir -p "$image_root"/{bin,dev,etc,proc,root,sys,tmp,usr/bin,var}
  chmod 1777 "$image_root/tmp"
  copy_program busybox /bin
  local applet
  for applet in $(busybox --list); do
    [[ $applet == busybox ]] || ln -sf /bin/busybox "$image_root/bin/$applet"
  done
  # Scripts start with `#!/usr/bin/env`.
  ln -sf /bin/busybox "$image_root/usr/bin/env"
  printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'node:x:1000:1000::/home/node:/bin/sh' \
    'nobody:x:65534:65534:nobody:/nonexistent:/bin/false' >"$image_root/etc/passwd"
  printf '%s\n' 'root:x:0:' 'node:x:1000:' 'nogroup:x:65534:' >"$image_root/etc/group"
  printf '%s\n' 'hosts: files dns' >"$image_root/etc/nsswitch.conf"
}

# add_user <name> <id>; with a group of the same name and id.
add_user() {
  printf '%s:x:%s:%s::/nonexistent:/bin/false\n' "$1" "$2" "$2" >>"$image_root/etc/passwd"
  printf '%s:x:%s:\n' "$1" "$2" >>"$image_root/etc/group"
}

# Whether an image is the original: it is on the engine, or can be pulled in short time. False for a stand-in of ours.
take_original() {
  if image_exists "$1"; then
    [[ $(image_label "$1" "$test_label") != true ]] || return 1
  else
    note "pulling $1 (at most $pull_seconds s)"
    timeout "$pull_seconds" docker pull --quiet "$1" >/dev/null 2>&1 || return 1
  fi
  note "$1 is the original"
}

# Makes the image from the folder and drops the one it replaces: import_image <tag> <hash> <Dockerfile instruction>...
import_image() {
  local tag=$1 hash=$2 change changes=() old
  shift 2
  for change in "LABEL $test_label=true" "LABEL $hash_label=$hash" "$@"; do
    changes+=(--change "$change")
  done
  old=$(docker image inspect --format '{{.Id}}' "$tag" 2>/dev/null || true)
  tar -C "$image_root" --sort=name --owner=0 --group=0 --numeric-owner --mtime='2000-01-01 00:00Z' -c . |
    docker import "${changes[@]}" - "$tag" >/dev/null
  if [[ -n $old ]]; then
    # Kept when a container still uses it.
    docker image rm "$old" >/dev/null 2>&1 || true
  fi
  note "$tag made"
}
