#!/usr/bin/env bash
# release-state.sh: says whether a package's version waits to be published.
#
#   .github/scripts/release-state.sh plugins/semantic-search >> "$GITHUB_OUTPUT"
#
# Prints the output `publish`: true where no changeset waits and npm doesn't have the version that its
# package.json names; else false. Needs node and npm's registry.
set -euo pipefail

if [ "${1:-}" = "--help" ] || [ $# -ne 1 ]; then
  sed -n '2,7p' "${BASH_SOURCE[0]}" | cut -c3-
  [ "${1:-}" = "--help" ]
  exit
fi

waiting=$(find .changeset -name '*.md' ! -name README.md)
if [ -n "$waiting" ]; then
  echo "These changesets wait for the next version: $waiting" >&2
  echo "publish=false"
  exit
fi

# shellcheck disable=SC2016 # JavaScript's, not the shell's.
package=$(node -p 'const { name, version } = JSON.parse(fs.readFileSync(`${process.argv[1]}/package.json`)); `${name}@${version}`' "$1")
# npm answers with nothing for a version that isn't there, and with E404 for a package that isn't.
if answer=$(npm view "$package" version --json 2>&1); then
  published=$answer
elif [[ $answer == *E404* ]]; then
  published=""
else
  echo "release-state.sh: npm can't be asked for $package: $answer" >&2
  exit 1
fi

if [ -n "$published" ]; then
  echo "$package is on npm." >&2
  echo "publish=false"
else
  echo "$package isn't on npm yet." >&2
  echo "publish=true"
fi
