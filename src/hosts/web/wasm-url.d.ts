/** Vite: the address of an asset. */
declare module '*.wasm?url' {
	const url: string;
	export default url;
}
