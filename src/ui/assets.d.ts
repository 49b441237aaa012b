/** What an import of an asset gives: its address. The build knows these forms. */
declare module '*.svg?url' {
	const url: string;
	export default url;
}
declare module '*.css';
