#!/usr/bin/env bash
# propose-version.sh: turns the changesets that wait into a version and its change log, on the branch
# "release/next", and opens a pull request for it unless there is one. Needs GH_TOKEN.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if [ "${1:-}" = "--help" ]; then
  sed -n '2,3p' "${BASH_SOURCE[0]}" | cut -c3-
  exit
fi

branch=release/next
git config user.name "github-actions[bot]"
git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
git switch --force-create "$branch"
npx changeset version
npm install --package-lock-only --ignore-scripts
git add --all
version=$(node --print 'require("./plugins/semantic-search/package.json").version')
git commit --message "Release medusa-plugin-semantic-search $version"
git push --force origin "$branch"
if [ -z "$(gh pr list --head "$branch" --json number --jq '.[].number')" ]; then
  gh pr create --head "$branch" --title "Release medusa-plugin-semantic-search $version" \
    --body "Merging this publishes $version to npm. The change log is in plugins/semantic-search/CHANGELOG.md."
fi
