/** What the bundler makes of a Worker's source: the address of the code built from it. */
declare module '*?worker&url' {
	const address: string;
	export default address;
}
