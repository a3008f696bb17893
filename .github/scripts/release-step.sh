#!/usr/bin/env bash
# release-step.sh: prints what a release needs next: "version" while changesets wait, "publish" when the
# plugin's version isn't on npm yet, else "none".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if [ "${1:-}" = "--help" ]; then
  sed -n '2,3p' "${BASH_SOURCE[0]}" | cut -c3-
  exit
fi

if find .changeset -name '*.md' ! -name README.md | grep -q .; then
  echo version
  exit
fi
name=$(node --print 'require("./plugins/semantic-search/package.json").name')
version=$(node --print 'require("./plugins/semantic-search/package.json").version')
if npm view "$name@$version" version 2>/dev/null | grep -qxF "$version"; then
  echo none
else
  echo publish
fi
