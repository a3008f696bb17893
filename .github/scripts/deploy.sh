#!/usr/bin/env bash
# deploy.sh: upgrades the shop in the cluster that kubectl's configuration names, or leaves it as it was.
#
#   .github/scripts/deploy.sh staging|production            upgrades, and goes back by itself where it fails
#   .github/scripts/deploy.sh --render staging|production   prints what would be sent; needs no cluster
#
# REGISTRY and BACKEND_DIGEST, STOREFRONT_DIGEST, MODELS_DIGEST (sha256:…) name the images. HELM_VALUES is
# YAML that goes before values-ENVIRONMENT.yaml: hosts, networks, names of secrets; never a secret. HELM is
# the program (helm), NAMESPACE and RELEASE are libro-mind unless set.
set -euo pipefail

if [ "${1:-}" = "--help" ]; then
  sed -n '2,9p' "${BASH_SOURCE[0]}" | cut -c3-
  exit
fi
render=false
if [ "${1:-}" = "--render" ]; then
  render=true
  shift
fi
environment=${1:-}
helm=${HELM:-helm}
namespace=${NAMESPACE:-libro-mind}
release=${RELEASE:-libro-mind}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
chart="$root/helm/libro-mind"

fail() {
  echo "deploy.sh: $1" >&2
  exit 1
}
case $environment in
  staging | production) ;;
  *) fail "the environment is staging or production, not \"$environment\"" ;;
esac
: "${REGISTRY:?where the images are: ghcr.io/OWNER}"
for name in BACKEND_DIGEST STOREFRONT_DIGEST MODELS_DIGEST; do
  [[ ${!name:-} =~ ^sha256:[0-9a-f]{64}$ ]] || fail "$name is sha256: and 64 digits, not \"${!name:-}\""
done

own=$(mktemp)
trap 'rm -f "$own"' EXIT
printf '%s\n' "${HELM_VALUES:-}" >"$own"

values=(
  --namespace "$namespace"
  --values "$chart/values-$environment.yaml"
  --values "$own"
)
for image in backend storefront models; do
  digest="${image^^}_DIGEST"
  values+=(
    --set-string "global.images.$image.repository=$REGISTRY/$image"
    --set-string "global.images.$image.digest=${!digest}"
  )
done

HELM=$helm "$root/helm/build.sh"
if $render; then
  "$helm" template "$release" "$chart" --kube-version 1.34.0 --is-upgrade "${values[@]}"
else
  # Longer than a migration may take (global.migration.deadlineSeconds).
  "$helm" upgrade "$release" "$chart" --install --atomic --timeout 75m --history-max 10 "${values[@]}"
fi
