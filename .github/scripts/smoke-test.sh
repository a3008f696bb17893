#!/usr/bin/env bash
# smoke-test.sh: asks each address until it answers 200, for a minute at most.
#
#   .github/scripts/smoke-test.sh https://api.example.com/ready https://example.com/api/health
#
# TRIES (30) and PAUSE (2, seconds between two) can be set.
set -euo pipefail

if [ "${1:-}" = "--help" ] || [ $# -eq 0 ]; then
  sed -n '2,6p' "${BASH_SOURCE[0]}" | cut -c3-
  [ "${1:-}" = "--help" ]
  exit
fi

for url in "$@"; do
  [[ $url =~ ^https?://[^/]+/ ]] ||
    { echo "smoke-test.sh: \"$url\" is no address: are API_URL and SHOP_URL set?" >&2; exit 1; }
  echo "GET $url"
  curl --fail --silent --show-error --output /dev/null --write-out '%{http_code} after %{time_total} s\n' \
    --max-time 5 --retry "${TRIES:-30}" --retry-delay "${PAUSE:-2}" --retry-max-time 60 --retry-all-errors "$url"
done
