"""A whole life cycle with aura-python-sdk."""

import aura_python_sdk as aura
from lifecycle import (
    CLIENT_ID,
    CLIENT_SECRET,
    INTERVAL,
    LIMIT,
    TENANT,
    URL,
    expect,
    step,
    wait_until,
)

WAIT = {"timeout": LIMIT, "interval": INTERVAL}


def gone(client, instance_id):
    try:
        client.instances.get(instance_id)
    except aura.NotFoundError:
        return True
    return False


with aura.AuraClient(
    client_id=CLIENT_ID,
    client_secret=CLIENT_SECRET,
    base_url=URL,
    allow_insecure_base_url=True,
    max_retries=0,
) as client:
    with step("read the tenant"):
        expect([one.id for one in client.tenants.list()], [TENANT], "the list of tenants")
        offers = client.tenants.get(TENANT).instance_configurations
        assert any(one.type == "business-critical" for one in offers)

    with step("metrics without an instance"):
        try:
            client.tenants.get_metrics_integration(TENANT)
            raise AssertionError("metrics without an instance")
        except aura.BadRequestError:
            pass

    with step("create"):
        config = aura.InstanceConfig(
            name="python-sdk",
            tenant_id=TENANT,
            cloud_provider="gcp",
            region="europe-west1",
            type="professional-db",
            version="5",
            memory="2GB",
        )
        created = client.instances.create(config)
        assert created.password and created.connection_url
        running = client.instances.wait_for_status(created.id, **WAIT)
        expect(running.memory, "2GB", "memory")

    with step("list"):
        listed = client.instances.list(tenant_id=TENANT)
        expect([one.id for one in listed], [created.id], "the list of instances")

    with step("rename"):
        client.instances.update(created.id, name="renamed")
        expect(client.instances.get(created.id).name, "renamed", "the name")

    with step("resize"):
        client.instances.update(created.id, memory="4GB")
        wait_until(lambda: client.instances.get(created.id).memory == "4GB", "the new memory")

    with step("snapshot"):
        # The first snapshot starts automatically, and only one at a time is allowed.
        wait_until(
            lambda: all(s.status == "Completed" for s in client.snapshots.list(created.id)),
            "the end of the automatic snapshot",
        )
        snapshot = client.snapshots.create(created.id)
        client.snapshots.wait_for_completion(created.id, snapshot.snapshot_id, **WAIT)
        assert len(client.snapshots.list(created.id)) == 2

    with step("restore"):
        client.snapshots.restore(created.id, snapshot.snapshot_id)
        wait_until(lambda: client.instances.get(created.id).status == "running", "running")

    with step("pause and resume"):
        client.instances.pause(created.id)
        client.instances.wait_for_status(created.id, status="paused", **WAIT)
        client.instances.resume(created.id)
        client.instances.wait_for_status(created.id, **WAIT)

    with step("upgrade"):
        client.instances.upgrade(created.id)
        wait_until(
            lambda: client.instances.get(created.id).type == "business-critical", "the new type"
        )
        client.instances.wait_for_status(created.id, **WAIT)
        assert client.tenants.get_metrics_integration(TENANT).endpoint.endswith("/metrics")

    with step("change data capture"):
        expect(client.instances.get(created.id).cdc_enrichment_mode, None, "the mode")
        client.instances.update(created.id, cdc_enrichment_mode="FULL")
        wait_until(
            lambda: client.instances.get(created.id).cdc_enrichment_mode == "FULL", "the new mode"
        )

    with step("estimate a size"):
        estimate = client.instances.estimate_size(
            node_count=1000, relationship_count=1000, instance_type="professional-ds"
        )
        expect(estimate.recommended_size, "8GB", "the recommended size")

    with step("customer managed key"):
        key = client.cmek.create(
            name="key",
            key_id="arn:aws:kms:us-west-2:111122223333:key/0000",
            tenant_id=TENANT,
            cloud_provider="aws",
            region="us-west-2",
            instance_type="enterprise-db",
        )
        expect(key.status, "pending", "the status of the key")
        wait_until(lambda: client.cmek.get(key.id).status == "ready", "the key")
        expect([one.id for one in client.cmek.list()], [key.id], "the list of keys")
        client.cmek.delete(key.id)
        expect(client.cmek.list(), [], "the list of keys")

    with step("delete"):
        expect(client.instances.delete(created.id).status, "destroying", "the status")
        wait_until(lambda: gone(client, created.id), "the end of the instance")
        expect(client.instances.list(), [], "the list of instances")
