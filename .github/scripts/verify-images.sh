#!/usr/bin/env bash
# verify-images.sh: succeeds only if both images were signed by the workflow IDENTITY (a regular expression).
# Reads IMAGES (their registry), BACKEND and STOREFRONT (their digests).
set -euo pipefail

if [ "${1:-}" = "--help" ]; then
  sed -n '2,3p' "${BASH_SOURCE[0]}" | cut -c3-
  exit
fi

verify() {
  local name=$1 digest=$2
  if ! [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]]; then
    echo "The digest of $name is \"$digest\": give sha256: and 64 hexadecimal digits." >&2
    exit 1
  fi
  cosign verify --certificate-oidc-issuer https://token.actions.githubusercontent.com \
    --certificate-identity-regexp "$IDENTITY" "$IMAGES/$name@$digest" >/dev/null
  echo "$name $digest is ours."
}

verify backend "$BACKEND"
verify storefront "$STOREFRONT"
