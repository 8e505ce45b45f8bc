"""The Python SDK of MCP. The argument is the URL of the server, or "stdio" to start it as a process."""
import asyncio
import json
import os
import sys
import time

from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp_types import ElicitResult

target = sys.argv[1]


def connect(**options):
    if target != "stdio":
        return Client(target, **options)
    server = StdioServerParameters(command="java", args=["-Dquarkus.profile=stdio", "-jar", os.environ["SERVER_JAR"]],
                                   env=dict(os.environ))
    return Client(stdio_client(server, errlog=open(os.devnull, "w")), **options)


async def call(client, name, arguments=None):
    result = await client.call_tool(name, arguments or {})
    assert json.loads(result.content[0].text) == result.structured_content
    return result.structured_content


async def main():
    async with connect() as client:
        tools = (await client.list_tools()).tools
        assert len(tools) == 20, len(tools)
        flags = await call(client, "posthog_list_feature_flags", {"search": "new-checkout"})
        assert "new-checkout" in [flag["key"] for flag in flags["results"]]
        error = (await call(client, "posthog_delete_feature_flag", {"key": "new-checkout"}))["error"]
        assert error["type"] == "approval_required", error
        accounts = await client.read_resource("posthog://accounts")
        assert json.loads(accounts.contents[0].text)[0]["account"] == "default"
        assert len((await client.list_prompts()).prompts) == 4

    questions = []

    async def answer(context, params):
        questions.append(params.message)
        return ElicitResult(action="accept", content={"decision": "once"})

    async with connect(elicitation_callback=answer) as client:
        key = f"python-{time.time_ns()}"
        created = await call(client, "posthog_create_feature_flag", {"name": "Flag", "key": key})
        assert created["key"] == key, created
        assert key in questions[0]


asyncio.run(main())
print("passed")
