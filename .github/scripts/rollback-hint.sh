#!/usr/bin/env bash
# rollback-hint.sh: says, in Markdown, where a deployment that failed has left the shop, and how to go back.
#
#   .github/scripts/rollback-hint.sh >> "$GITHUB_STEP_SUMMARY"
#
# HELM, NAMESPACE and RELEASE are as in deploy.sh.
set -euo pipefail

if [ "${1:-}" = "--help" ]; then
  sed -n '2,6p' "${BASH_SOURCE[0]}" | cut -c3-
  exit
fi
namespace=${NAMESPACE:-libro-mind}
release=${RELEASE:-libro-mind}
history=$("${HELM:-helm}" history "$release" --namespace "$namespace" --max 5 2>&1) ||
  history="(the cluster doesn't say: $history)"

cat <<END
## The deployment failed

An upgrade that failed was taken back by Helm itself. If it was the last question to the shop that failed,
the new release is serving: look at it, or go back to the revision before.

\`\`\`
$history
\`\`\`

\`\`\`sh
helm rollback $release REVISION --namespace $namespace --wait --timeout 75m
\`\`\`

Migrations only go forward; the release before reads what they left (docs/platform/helm.md).
END
