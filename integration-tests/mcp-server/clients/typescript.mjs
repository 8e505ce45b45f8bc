// The TypeScript SDK of MCP. The argument is the URL of the server, or "stdio" to start it as a process.
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const target = process.argv[2];
const run = Date.now().toString(36);

function transport() {
    return target === 'stdio'
        ? new StdioClientTransport({ command: 'java', args: ['-Dquarkus.profile=stdio', '-jar', process.env.SERVER_JAR],
            env: process.env, stderr: 'ignore' })
        : new StreamableHTTPClientTransport(new URL(target));
}

/** Connects a client. If there is a function that answers questions, the client supports elicitation. */
async function connect(answer) {
    const client = new Client({ name: 'typescript', version: '1' }, { capabilities: answer ? { elicitation: { form: {} } } : {} });
    if (answer) {
        client.setRequestHandler(ElicitRequestSchema, request => answer(request.params));
    }
    await client.connect(transport());
    return client;
}

async function call(client, name, args = {}) {
    const result = await client.callTool({ name, arguments: args });
    assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
    assert.equal(result.isError, 'error' in result.structuredContent);
    return result.structuredContent;
}

async function error(client, name, args) {
    const result = await call(client, name, args);
    assert.ok(result.error, `${name} did not fail: ${JSON.stringify(result)}`);
    return result.error;
}

const checks = {
    async tools() {
        const client = await connect();
        const { tools } = await client.listTools();
        assert.equal(tools.length, 20);
        assert.ok(tools.every(tool => tool.annotations.openWorldHint && tool.inputSchema.type === 'object'));

        const flags = await call(client, 'posthog_list_feature_flags');
        assert.equal(flags.account, 'default');
        assert.equal(flags.project_id, 1);
        assert.ok(flags.results.some(flag => flag.key === 'new-checkout'));
        const first = await call(client, 'posthog_list_events', { limit: 2, after: '2020-01-01T00:00:00Z' });
        const second = await call(client, 'posthog_list_events', { cursor: first.next });
        assert.ok(!second.results.some(event => first.results.map(e => e.id).includes(event.id)));
        const evaluated = await call(client, 'posthog_evaluate_flags', { distinct_id: 'user-123', flag_keys: ['new-checkout'] });
        assert.equal(typeof evaluated.results[0].value, 'boolean');
        assert.ok((await call(client, 'posthog_doctor')).checks.length > 0);
        const counted = await call(client, 'posthog_query', { query: 'select event, count() as n from events group by event' });
        assert.ok(counted.results.length > 0);
        await client.close();
    },

    async errors() {
        const client = await connect();
        const invalid = await error(client, 'posthog_list_events', { limit: 5000, offst: 1, after: 'yesterday' });
        assert.equal(invalid.type, 'validation');
        assert.deepEqual(invalid.problems.map(problem => problem.field).sort(), ['after', 'limit', 'offst']);
        assert.equal((await error(client, 'posthog_list_events', { account: 'other' })).type, 'unknown_account');
        assert.equal((await error(client, 'posthog_get_feature_flag', { key: 'no-such-flag' })).type, 'not_found');
        assert.equal((await error(client, 'posthog_create_feature_flag', { name: 'A', key: `a-${run}` })).type,
            'approval_required');
        await client.close();
    },

    async elicitation() {
        const questions = [];
        let answer;
        const client = await connect(question => {
            questions.push(question);
            return answer;
        });
        const flag = `typescript-${run}`;
        const create = { name: 'Flag', key: flag, rollout_percentage: 10 };

        answer = { action: 'decline' };
        assert.equal((await error(client, 'posthog_create_feature_flag', create)).type, 'denied');
        assert.equal((await error(client, 'posthog_get_feature_flag', { key: flag })).type, 'not_found');
        answer = { action: 'accept', content: { decision: 'once' } };
        assert.equal((await call(client, 'posthog_create_feature_flag', create)).key, flag);
        assert.ok(questions.at(-1).message.includes(flag));

        answer = { action: 'accept', content: { decision: 'session' } };
        await call(client, 'posthog_update_feature_flag', { key: flag, rollout_percentage: 20 });
        assert.match(questions.at(-1).message, /10 -> 20/);
        await call(client, 'posthog_update_feature_flag', { key: flag, rollout_percentage: 30 });
        assert.equal(questions.length, 3);
        const preview = await call(client, 'posthog_update_feature_flag', { key: flag, active: false, dry_run: true });
        assert.deepEqual(preview.changes, [{ field: 'active', before: true, after: false }]);
        assert.equal((await call(client, 'posthog_get_feature_flag', { key: flag })).active, true);
        await client.close();
    },

    async resources() {
        const client = await connect();
        const { resources } = await client.listResources();
        assert.ok(resources.some(resource => resource.uri === 'posthog://docs/integrations.posthog'));
        const { resourceTemplates } = await client.listResourceTemplates();
        assert.ok(resourceTemplates.some(template => template.uriTemplate === 'posthog://{account}/flags/{key}'));
        const accounts = await client.readResource({ uri: 'posthog://accounts' });
        assert.equal(JSON.parse(accounts.contents[0].text)[0].account, 'default');
        assert.ok(!accounts.contents[0].text.includes('phx_'));
        const flag = await client.readResource({ uri: 'posthog://default/flags/new-checkout' });
        assert.equal(JSON.parse(flag.contents[0].text).key, 'new-checkout');
        const search = await client.readResource({ uri: 'posthog://docs/search/flag%20evaluate' });
        assert.ok(search.contents[0].text.includes('posthog_evaluate_flags'));
        await assert.rejects(client.readResource({ uri: 'posthog://default/flags/no-such-flag' }), { code: -32002 });
        await client.close();
    },

    async prompts() {
        const client = await connect();
        const { prompts } = await client.listPrompts();
        assert.deepEqual(prompts.map(prompt => prompt.name).sort(),
            ['clean_up_flags', 'investigate_user', 'roll_out_flag', 'why_flag']);
        const prompt = await client.getPrompt({ name: 'why_flag', arguments: { key: 'new-checkout', distinct_id: 'user-1' } });
        assert.ok(prompt.messages[0].content.text.includes('"new-checkout"'));
        const complete = (name, value) => client.complete({ ref: { type: 'ref/prompt', name: 'why_flag' },
            argument: { name, value } });
        assert.deepEqual((await complete('account', 'de')).completion.values, ['default']);
        assert.ok((await complete('key', 'new-ch')).completion.values.includes('new-checkout'));
        await client.close();
    },
};

for (const [name, check] of Object.entries(checks)) {
    await check();
    console.log(`passed ${name}`);
}
