/** The builtin `service`: lists, starts and stops services, and says when they start. */
import type { ServiceInfo, ServiceStart } from '#abi/structures.generated.ts';
import { toSettingValue } from '#runtime/settings.ts';
import { type Builtin, type BuiltinContext, UsageError } from '../builtin.ts';
import { formatTable } from '../columns.ts';

const starts: readonly ServiceStart[] = ['automatic', 'delayed', 'manual', 'disabled'];

async function get(context: BuiltinContext, name: string): Promise<ServiceInfo> {
	const service = (await context.system.serviceList()).find((each) => each.name === name);
	if (service === undefined) throw new Error(`${name}: there is no such service`);
	return service;
}

async function list({ system, output }: BuiltinContext): Promise<void> {
	const rows = (await system.serviceList()).map(({ name, state, start, pid, title }) => [
		...[name, state, start, pid === undefined ? '-' : String(pid), title],
	]);
	await output.write(formatTable([['NAME', 'STATE', 'STARTS', 'PID', 'TITLE'], ...rows], [3]));
}

async function show(context: BuiltinContext, name: string): Promise<void> {
	const service = await get(context, name);
	const byPolicy = service.startSource.endsWith('policy') ? ' (set by a policy)' : '';
	const lines = [
		`${service.title}: ${service.summary}`,
		`state    ${service.state} since ${new Date(service.since).toISOString()}`,
		`starts   ${service.start}${byPolicy}`,
		`program  ${service.program}${service.pid === undefined ? '' : `, process ${service.pid}`}`,
		`needs    ${service.needs.length === 0 ? 'nothing' : service.needs.join(', ')}`,
		...(service.failure === '' ? [] : [`failed   ${service.failure}`]),
		...(service.nextStart === undefined ? [] : [`next     ${new Date(service.nextStart).toISOString()}`]),
	];
	await context.output.write(`${lines.join('\n')}\n`);
}

async function setStart(context: BuiltinContext, name: string, start: string): Promise<void> {
	if (!(starts as readonly string[]).includes(start)) throw new UsageError(`it is one of ${starts.join(', ')}`);
	await get(context, name);
	await context.system.settingChange(
		[{ key: `/machine/services/${name}/start`, value: toSettingValue(start) }],
		undefined,
	);
}

const service: Builtin = {
	usage:
		'service [list] | show NAME | start NAME | stop NAME | restart NAME | set NAME automatic|delayed|manual|disabled',
	summary: 'Lists the services, tells about one, starts and stops one, or says when it starts.',
	async run(context) {
		const [action = 'list', name, start, ...rest] = context.arguments;
		if (action === 'list' && name === undefined) await list(context);
		else if (name === undefined) throw new UsageError('which service?');
		else if (action === 'set' && start !== undefined && rest.length === 0) await setStart(context, name, start);
		else if (start !== undefined) throw new UsageError(`too much: ${start}`);
		else if (action === 'show') await show(context, name);
		else if (action === 'start') await context.system.serviceStart(name);
		else if (action === 'stop') await context.system.serviceStop(name);
		else if (action === 'restart') await context.system.serviceRestart(name);
		else throw new UsageError(`there is no “${action}”`);
		return 0;
	},
};

export const serviceBuiltins: Readonly<Record<string, Builtin>> = { service };
