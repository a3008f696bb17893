#!/usr/bin/env bash
# pin-images.sh: prints the digest of each image that is built on or run, for a machine with Docker.
#
#   tools/pin-images.sh               one line each: IMAGE@sha256:…
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ "${1:-}" = "--help" ]; then
  sed -n '2,4p' "${BASH_SOURCE[0]}" | cut -c3-
  exit
fi

images() {
  sed -nE 's/^ARG [A-Z]+_IMAGE=(.*)$/\1/p' backend/Dockerfile storefront/Dockerfile models/Dockerfile
  sed -nE 's/^ +image: ([^$]*:.*)$/\1/p' docker-compose.yml
}

images | sort -u | while read -r image; do
  digest=$(docker buildx imagetools inspect "$image" --format '{{.Manifest.Digest}}')
  echo "${image}@${digest}"
done
