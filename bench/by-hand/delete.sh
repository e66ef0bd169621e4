#!/usr/bin/env bash
# Deletes the instance that create.sh created; a step with `if: always()`.
set -euo pipefail
id=$(sed -n 's/^id=//p' "$GITHUB_OUTPUT")
[ -n "$id" ] || exit 0
token=$(curl --fail --silent --show-error --user "$AURA_CLIENT_ID:$AURA_CLIENT_SECRET" \
  --data grant_type=client_credentials "$AURA_API_URL/oauth/token" | jq --raw-output .access_token)
curl --fail --silent --show-error --request DELETE --header "Authorization: Bearer $token" \
  "$AURA_API_URL/v1/instances/$id" >/dev/null
