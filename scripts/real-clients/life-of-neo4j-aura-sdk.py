"""A whole life cycle with neo4j-aura-sdk."""

import asyncio

from lifecycle import CLIENT_ID, CLIENT_SECRET, INTERVAL, LIMIT, TENANT, URL, expect, step
from neo4j_aura_sdk import AuraApiNotFoundException, AuraClient, InstanceRequest
from neo4j_aura_sdk.models import CustomerManagedKeyRequest, InstanceSizingRequest


async def wait_until(ask, what):
    for _ in range(int(LIMIT / INTERVAL)):
        if await ask():
            return
        await asyncio.sleep(INTERVAL)
    raise AssertionError(f"{what} did not happen within {LIMIT} s")


async def life(client):
    async def has(instance_id, **values):
        try:
            data = (await client.instance(instance_id)).data
        except AuraApiNotFoundException:
            return False
        return all(getattr(data, name) == value for name, value in values.items())

    async def gone(instance_id):
        try:
            await client.instance(instance_id)
        except AuraApiNotFoundException:
            return True
        return False

    with step("read the tenant"):
        tenants = (await client.tenants()).data
        expect([one.id for one in tenants], [TENANT], "the list of tenants")
        assert (await client.tenant(TENANT)).data.instance_configurations

    with step("create"):
        details = InstanceRequest(
            name="async-sdk",
            tenant_id=TENANT,
            cloud_provider="gcp",
            region="europe-west1",
            type="professional-db",
            version="5",
            memory="2GB",
        )
        created = (await client.create_instance(details)).data
        assert created.password and created.connection_url
        await wait_until(lambda: has(created.id, status="running"), "running")

    with step("list"):
        listed = (await client.instances(TENANT)).data
        expect([one.id for one in listed], [created.id], "the list of instances")

    with step("rename"):
        await client.rename_instance(created.id, "renamed")
        expect((await client.instance(created.id)).data.name, "renamed", "the name")

    with step("resize and rename"):
        await client.rename_and_resize_instance(created.id, "both", "4GB")
        await wait_until(lambda: has(created.id, name="both", memory="4GB"), "the new memory")

    with step("snapshot"):

        async def idle():
            return all(s.status == "Completed" for s in (await client.snapshots(created.id)).data)

        # The first snapshot starts automatically, and only one at a time is allowed.
        await wait_until(idle, "the end of the automatic snapshot")
        snapshot = (await client.snapshot_instance(created.id)).data
        await wait_until(idle, "the end of the snapshot")
        shown = (await client.snapshot(created.id, snapshot.snapshot_id)).data
        expect([shown.status, shown.exportable], ["Completed", True], "the snapshot")

    with step("restore"):
        await client.restore_instance(created.id, snapshot.snapshot_id)
        await wait_until(lambda: has(created.id, status="running"), "running")

    with step("overwrite"):
        await client.overwrite_instance_with_snapshot(
            created.id, created.id, snapshot.snapshot_id
        )
        await wait_until(lambda: has(created.id, status="running"), "running")

    with step("pause and resume"):
        await client.pause_instance(created.id)
        await wait_until(lambda: has(created.id, status="paused"), "paused")
        await client.resume_instance(created.id)
        await wait_until(lambda: has(created.id, status="running"), "running")

    with step("estimate a size"):
        details = InstanceSizingRequest(
            node_count=1000,
            relationship_count=1000,
            instance_type="professional-ds",
            algorithm_categories=["centrality"],
        )
        size = (await client.instance_sizing(details)).data
        expect(size.did_exceed_maximum, False, "did_exceed_maximum")

    with step("customer managed key"):
        details = CustomerManagedKeyRequest(
            key_id="projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k",
            name="key",
            cloud_provider="gcp",
            instance_type="enterprise-db",
            region="europe-west1",
            tenant_id=TENANT,
        )
        key = (await client.create_customer_managed_key(details)).data
        shown = (await client.get_customer_managed_key(key.id)).data
        expect(shown.id, key.id, "the id of the key")
        keys = (await client.get_customer_managed_keys(TENANT)).data
        expect([one.id for one in keys], [key.id], "the list of keys")
        await client.delete_customer_managed_key(key.id)
        expect((await client.get_customer_managed_keys()).data, [], "the list of keys")

    with step("delete"):
        await client.delete_instance(created.id)
        await wait_until(lambda: gone(created.id), "the end of the instance")
        expect((await client.instances()).data, [], "the list of instances")


async def main():
    async with AuraClient(CLIENT_ID, CLIENT_SECRET, base_url=URL) as client:
        await life(client)


asyncio.run(main())
