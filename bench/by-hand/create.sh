#!/usr/bin/env bash
# Creates an instance, waits for it, and exports its credentials for later steps: what a careful user writes.
set -euo pipefail
api=$AURA_API_URL
token=$(curl --fail --silent --show-error --user "$AURA_CLIENT_ID:$AURA_CLIENT_SECRET" \
  --data grant_type=client_credentials "$api/oauth/token" | jq --raw-output .access_token)
echo "::add-mask::$token"
body=$(jq --null-input --arg name "$INSTANCE_NAME" --arg tenant "$AURA_TENANT" \
  '{name: $name, tenant_id: $tenant, type: "free-db", version: "5", memory: "1GB", region: "europe-west1", cloud_provider: "gcp"}')
created=$(curl --fail --silent --show-error --header "Authorization: Bearer $token" \
  --header 'Content-Type: application/json' --data "$body" "$api/v1/instances")
id=$(jq --raw-output .data.id <<<"$created")
password=$(jq --raw-output .data.password <<<"$created")
echo "::add-mask::$password"
echo "id=$id" >>"$GITHUB_OUTPUT"
for _ in $(seq 120); do
  status=$(curl --fail --silent --show-error --header "Authorization: Bearer $token" \
    "$api/v1/instances/$id" | jq --raw-output .data.status)
  echo "$status"
  [ "$status" = running ] && break
  sleep "$POLL_SECONDS"
done
[ "$status" = running ]
{
  echo "NEO4J_URI=$(jq --raw-output .data.connection_url <<<"$created")"
  echo "NEO4J_USERNAME=$(jq --raw-output .data.username <<<"$created")"
  echo "NEO4J_PASSWORD=$password"
} >>"$GITHUB_ENV"
