"""A whole life cycle with what the tools of the MCP server mcp-neo4j-aura-manager call. It has no snapshots."""

import asyncio

import requests
from lifecycle import CLIENT_ID, CLIENT_SECRET, INTERVAL, LIMIT, TENANT, URL, expect, step
from mcp_neo4j_aura_manager.aura_manager import AuraManager

# Its address of Aura is fixed, so the requests are sent elsewhere.
send = requests.Session.request


def redirected(self, method, url, *args, **options):
    return send(self, method, url.replace("https://api.neo4j.io", URL), *args, **options)


requests.Session.request = redirected


async def life(manager):
    async def call(tool, **arguments):
        answer = await getattr(manager, tool)(**arguments)
        if "error" in answer:
            raise AssertionError(f"{tool}: {answer['error']}")
        return answer

    async def read(instance_id):
        [instance] = (await call("get_instance_details", instance_ids=[instance_id]))["instances"]
        return instance

    async def wait_until(instance_id, **values):
        for _ in range(int(LIMIT / INTERVAL)):
            instance = await read(instance_id)
            if all(instance.get(name) == value for name, value in values.items()):
                return
            await asyncio.sleep(INTERVAL)
        raise AssertionError(f"{values} did not happen within {LIMIT} s")

    with step("read the tenant"):
        expect((await call("list_tenants"))["tenants"][0]["id"], TENANT, "the tenant")
        tenant = await call("get_tenant_details", tenant_id=TENANT)
        assert tenant["instance_configurations"]

    with step("create"):
        created = await call(
            "create_instance",
            tenant_id=TENANT,
            name="mcp",
            memory=2,
            region="europe-west1",
            type="professional-db",
        )
        assert created["password"]
        instance_id = created["id"]
        await wait_until(instance_id, status="running")

    with step("list"):
        listed = await call("list_instances")
        expect([one["id"] for one in listed["instances"]], [instance_id], "the list of instances")
        found = await call("get_instance_by_name", name="mcp")
        expect(found["id"], instance_id, "the id of the instance")

    with step("rename"):
        await call("update_instance_name", instance_id=instance_id, name="renamed")
        await wait_until(instance_id, name="renamed")

    with step("resize"):
        await call("update_instance_memory", instance_id=instance_id, memory=4)
        await wait_until(instance_id, memory="4GB", storage="8GB", status="running")

    with step("pause and resume"):
        await call("pause_instance", instance_id=instance_id)
        await wait_until(instance_id, status="paused")
        await call("resume_instance", instance_id=instance_id)
        await wait_until(instance_id, status="running")

    with step("create a free instance in its default region"):
        free = await call("create_instance", tenant_id=TENANT, name="free")
        await wait_until(free["id"], status="running")

    with step("delete"):
        for each in [instance_id, free["id"]]:
            await call("delete_instance", instance_id=each)
        for _ in range(int(LIMIT / INTERVAL)):
            if (await call("list_instances"))["count"] == 0:
                return
            await asyncio.sleep(INTERVAL)
        raise AssertionError("the instances still exist")


asyncio.run(life(AuraManager(CLIENT_ID, CLIENT_SECRET)))
