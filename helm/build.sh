#!/usr/bin/env bash
# build.sh: puts together what the charts consist of, so that they can be rendered, tested and packaged.
#
# Copies the rules and dashboards of observability/ into the chart that carries them, and packs the
# charts into each other. Needs helm and no network; git ignores everything that it makes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
helm=${HELM:-helm}

files=charts/observability/files
rm -rf "$files"
mkdir -p "$files/rules" "$files/dashboards"
copy() { # FOLDER TO SUFFIX: below a folder that may not be there; tests of rules are no rules.
  [ -d "$1" ] || return 0
  find "$1" -name "*$3" ! -path "*/tests/*" ! -name "*.test$3" ! -name "*_test$3" -exec cp {} "$files/$2/" \;
}
copy ../observability/prometheus/rules rules .yaml
copy ../observability/grafana/dashboards dashboards .json

for chart in charts/*/ libro-mind/; do
  rm -rf "${chart}charts" "${chart}Chart.lock"
  case $chart in charts/common/) continue ;; esac
  "$helm" dependency update --skip-refresh "$chart" >/dev/null
done
