#!/usr/bin/env bash
# upgrade-release.sh: upgrades the shop in the current cluster to BACKEND and STOREFRONT (digests in the
# registry IMAGES) with the values of ENVIRONMENT; Helm itself rolls back if it isn't ready in time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if [ "${1:-}" = "--help" ]; then
  sed -n '2,3p' "${BASH_SOURCE[0]}" | cut -c3-
  exit
fi

helm/build.sh
helm upgrade libro-mind helm/libro-mind --install --namespace libro-mind --atomic --timeout 75m \
  --values "helm/libro-mind/values-$ENVIRONMENT.yaml" \
  --set "global.images.backend.repository=$IMAGES/backend,global.images.backend.digest=$BACKEND" \
  --set "global.images.storefront.repository=$IMAGES/storefront,global.images.storefront.digest=$STOREFRONT"

# Ready by the pods' own account; and by the way that a shopper's request takes.
kubectl --namespace libro-mind rollout status deployment/libro-mind-backend --timeout=60s
kubectl --namespace libro-mind exec deployment/libro-mind-storefront -- node --eval \
  'fetch(process.env.MEDUSA_BACKEND_URL + "/ready").then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))' || {
  echo "The new release doesn't answer: helm rollback libro-mind --namespace libro-mind --wait" >&2
  exit 1
}
