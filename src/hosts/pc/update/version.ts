/** Versions of Vitrine: three numbers with dots between them, compared number by number. */

const form = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/;

export function isVersion(text: string): boolean {
	return form.test(text);
}

/** Below zero when `one` is before `other`. Both must be versions. */
export function compareVersions(one: string, other: string): number {
	const [left, right] = [one, other].map((text) => text.split('.').map(Number)) as [number[], number[]];
	return left.map((part, index) => part - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

export function laterVersion(one: string, other: string): string {
	return compareVersions(one, other) >= 0 ? one : other;
}
