#!/usr/bin/env bash
# base-images.sh: looks up the digest of each image that a Dockerfile is built on, so that a build uses
# the same in all of its stages, and says in its provenance which.
#
#   .github/scripts/base-images.sh backend/Dockerfile >> "$GITHUB_OUTPUT"
#
# Prints the output `arguments`: one line NAME=IMAGE@sha256:… for each ARG NAME_IMAGE=IMAGE. Needs Docker
# with Buildx, and the registry.
set -euo pipefail

if [ "${1:-}" = "--help" ] || [ $# -ne 1 ]; then
  sed -n '2,8p' "${BASH_SOURCE[0]}" | cut -c3-
  [ "${1:-}" = "--help" ]
  exit
fi

bases=$(sed -nE 's/^ARG ([A-Z]+_IMAGE)=(.*)$/\1 \2/p' "$1")
[ -n "$bases" ] || { echo "base-images.sh: $1 has no line ARG …_IMAGE=…" >&2; exit 1; }

arguments=""
while read -r name image; do
  digest=$(docker buildx imagetools inspect "$image" --format '{{.Manifest.Digest}}')
  [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] ||
    { echo "base-images.sh: no digest of $image, but \"$digest\"" >&2; exit 1; }
  arguments+="$name=$image@$digest"$'\n'
done <<<"$bases"

printf 'arguments<<END\n%sEND\n' "$arguments"
