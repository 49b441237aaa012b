/** Vite: the address of the script of a Worker, in one piece. */
declare module '*?worker&url' {
	const url: string;
	export default url;
}
