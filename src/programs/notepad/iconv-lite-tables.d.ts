/** The tables of single-byte code pages inside iconv-lite, which has no types for them. */
declare module 'iconv-lite/encodings/sbcs-data-generated.js' {
	/** `chars` are the characters of bytes 128 to 255 (or of all 256); U+FFFD where there is none. An alias is a name. */
	const tables: Readonly<Record<string, string | { readonly type: string; readonly chars: string }>>;
	export default tables;
}
