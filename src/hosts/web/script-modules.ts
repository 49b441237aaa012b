/**
 * Makes modules in JavaScript that stand on the volume into modules that the engine runs, in a Worker that has no other way
 * to code.
 *
 * A module may import `vitrine:system` and, by paths that begin with `.` or `/`, other modules; it reads them as the process
 * that it is. What it imports must be there before it is, so modules cannot import each other in a circle.
 */
import { init, parse } from 'es-module-lexer/minimal';
import { directoryName, resolvePath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';

const systemModule = 'vitrine:system';
const maximumModuleBytes = 16 * 1024 * 1024;

export class ScriptModules {
	readonly #system: System;
	/** Where the values of `vitrine:system` can be found from a module's text. */
	readonly #systemUrl: string;
	readonly #urls = new Map<string, Promise<string>>();

	constructor(system: System, systemExports: Readonly<Record<string, unknown>>) {
		this.#system = system;
		const key = Symbol.for(systemModule);
		Object.defineProperty(globalThis, key, { value: systemExports });
		const names = Object.keys(systemExports).join(', ');
		this.#systemUrl = urlOf(`export const { ${names} } = globalThis[Symbol.for('${systemModule}')];`);
	}

	/** What the module at an absolute path exports. */
	async import(path: string): Promise<Readonly<Record<string, unknown>>> {
		await init();
		return import(/* @vite-ignore */ await this.#load(path, []));
	}

	#load(path: string, importers: readonly string[]): Promise<string> {
		if (importers.includes(path))
			throw new Error(`modules import each other in a circle: ${[...importers, path].join(', ')}`);
		let url = this.#urls.get(path);
		if (url === undefined) {
			url = this.#make(path, [...importers, path]);
			this.#urls.set(path, url);
		}
		return url;
	}

	async #make(path: string, importers: readonly string[]): Promise<string> {
		const bytes = await this.#system.pathRead(path, maximumModuleBytes);
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		let made = '';
		let done = 0;
		for (const { n: specifier, s: start, e: end, d: dynamic } of parse(text, path)[0]) {
			// What is computed while it runs cannot be made ready; the engine refuses it then.
			if (specifier === undefined) continue;
			const url = await this.#find(specifier, path, importers);
			made += text.slice(done, start) + (dynamic > -1 ? JSON.stringify(url) : url);
			done = end;
		}
		return urlOf(`${made}${text.slice(done)}\n//# sourceURL=${encodeURI(path)}`);
	}

	#find(specifier: string, importer: string, importers: readonly string[]): Promise<string> | string {
		if (specifier === systemModule) return this.#systemUrl;
		if (/^\.{0,2}\//.test(specifier)) return this.#load(resolvePath(directoryName(importer), specifier), importers);
		throw new Error(`${importer} imports ${specifier}: only ${systemModule} and paths can be imported`);
	}
}

function urlOf(text: string): string {
	return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
}
