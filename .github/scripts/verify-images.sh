#!/usr/bin/env bash
# verify-images.sh: finds the shop's images by their tag, and verifies that this repository built them.
#
#   REPO=owner/name .github/scripts/verify-images.sh sha-COMMIT|1.2.3 >> "$GITHUB_OUTPUT"
#
# For each image: the digest of the tag; a signature that the workflow images.yml made on main or for a
# version's tag (cosign); and GitHub's attestation of where it was built (gh, with GH_TOKEN). Prints the
# outputs `registry`, `backend`, `storefront` and `models`, the latter digests. GITHUB_REPOSITORY stands
# for REPO where that isn't set.
set -euo pipefail

if [ "${1:-}" = "--help" ] || [ $# -ne 1 ]; then
  sed -n '2,10p' "${BASH_SOURCE[0]}" | cut -c3-
  [ "${1:-}" = "--help" ]
  exit
fi
version=$1
repo=${REPO:-${GITHUB_REPOSITORY:?the repository whose images they are: owner/name}}

# A tag that moves could be another image by the time of the upgrade.
[[ $version =~ ^(sha-[0-9a-f]{40}|[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?)$ ]] ||
  { echo "verify-images.sh: a version is sha-COMMIT (40 digits) or like 1.2.3, not \"$version\"" >&2; exit 1; }

owner=${repo%%/*}
registry="ghcr.io/${owner,,}"
workflow="$repo/.github/workflows/images.yml"
identity="^https://github\.com/${workflow//./\\.}@refs/(heads/main|tags/v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?)\$"

outputs="registry=$registry"
for image in backend storefront models; do
  digest=$(docker buildx imagetools inspect "$registry/$image:$version" --format '{{.Manifest.Digest}}')
  [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] ||
    { echo "verify-images.sh: no digest of $image:$version, but \"$digest\"" >&2; exit 1; }
  cosign verify "$registry/$image@$digest" \
    --certificate-identity-regexp "$identity" \
    --certificate-oidc-issuer https://token.actions.githubusercontent.com >/dev/null
  gh attestation verify "oci://$registry/$image@$digest" --repo "$repo" --signer-workflow "$workflow" >&2
  echo "verified: $registry/$image@$digest" >&2
  outputs+=$'\n'"$image=$digest"
done
echo "$outputs"
