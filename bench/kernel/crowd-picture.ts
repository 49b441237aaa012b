/** A picture of what a call costs as processes become more: both axes by powers, legible on light and on dark. */
import { median } from '../measurement.ts';
import { countsOf, type HostSamples } from './samples.ts';

const width = 760;
const height = 420;
const plot = { left: 70, top: 54, right: 560, bottom: 360 };
/** Decades of the vertical axis, in microseconds. */
const lowest = -1;
const highest = 5;

interface Line {
	readonly name: string;
	readonly className: string;
	readonly points: readonly (readonly [count: number, microseconds: number])[];
}

/** Times below a clock's step are drawn at it. */
const leastTime = 0.1;

const style = `
	svg { font: 13px "Source Sans 3", "Segoe UI", sans-serif; --ink: #1c2733; --soft: #5b6b7b; --grid: #d4dbe2; --paper: #ffffff;
		--one: #0b61a4; --two: #a3450b; }
	@media (prefers-color-scheme: dark) { svg { --ink: #e8eef4; --soft: #a9b6c3; --grid: #38444f; --paper: #14191f; --one: #6bb4f5; --two: #f0a060; } }
	.paper { fill: var(--paper); } text { fill: var(--ink); } .soft { fill: var(--soft); } .grid { stroke: var(--grid); }
	.line { fill: none; stroke-width: 2.5; } .keep { stroke-dasharray: 6 4; }
	.node { stroke: var(--one); } .chromium { stroke: var(--two); } .mark { stroke: none; }
	.mark.node { fill: var(--one); } .mark.chromium { fill: var(--two); }`;

export function drawCrowds(samples: readonly HostSamples[]): string {
	const lines = samples.flatMap(linesOf);
	const counts = [...new Set(lines.flatMap(({ points }) => points.map(([count]) => count)))].sort((a, b) => a - b);
	const most = Math.log2(counts.at(-1) ?? 2) || 1;
	const x = (count: number): number => plot.left + (Math.log2(count) / most) * (plot.right - plot.left);
	const parts = [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">`,
		'<title id="title">Median time of one call while many processes write at once, in Node and in Chromium</title>',
		`<style>${style}</style>`,
		`<rect class="paper" width="${width}" height="${height}"/>`,
		`<text x="${plot.left}" y="28" font-size="16" font-weight="600">Time of one call (median), many processes at once</text>`,
		...drawAxes(counts, x),
		...lines.map((line) => drawLine(line, x)),
		...drawNames(lines, x(counts.at(-1) ?? 1)),
		'</svg>',
	];
	return `${parts.join('\n')}\n`;
}

function linesOf({ host, systems }: HostSamples): Line[] {
	const own = systems.get('vitrine') ?? new Map<string, number[]>();
	return (['ask', 'keep'] as const).map((mode) => ({
		name: `${host}, ${mode === 'ask' ? 'asks the kernel' : 'keeps the file'}`,
		className: `${host.toLowerCase()} ${mode}`,
		points: countsOf(own).map((count) => [count, median(own.get(`${mode}_${count}_p50`) ?? [])] as const),
	}));
}

function y(microseconds: number): number {
	const power = Math.log10(Math.max(microseconds, leastTime));
	return plot.bottom - ((power - lowest) / (highest - lowest)) * (plot.bottom - plot.top);
}

function drawAxes(counts: readonly number[], x: (count: number) => number): string[] {
	const parts: string[] = [];
	for (let power = lowest; power <= highest; power++) {
		const at = y(10 ** power).toFixed(1);
		parts.push(`<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${at}" y2="${at}"/>`);
		parts.push(`<text class="soft" x="${plot.left - 8}" y="${at}" dy="4" text-anchor="end">${nameTime(power)}</text>`);
	}
	for (const count of counts)
		parts.push(
			`<text class="soft" x="${x(count).toFixed(1)}" y="${plot.bottom + 22}" text-anchor="middle">${count}</text>`,
		);
	const middle = (plot.left + plot.right) / 2;
	parts.push(`<text class="soft" x="${middle}" y="${plot.bottom + 46}" text-anchor="middle">processes</text>`);
	return parts;
}

function nameTime(power: number): string {
	return power < 3 ? `${10 ** power} µs` : `${10 ** (power - 3)} ms`;
}

function drawLine({ className, points }: Line, x: (count: number) => number): string {
	const at = points.map(([count, time]) => [x(count).toFixed(1), y(time).toFixed(1)] as const);
	const line = `<polyline class="line ${className}" points="${at.map((point) => point.join(',')).join(' ')}"/>`;
	return [
		line,
		...at.map(([left, top]) => `<circle class="mark ${className}" cx="${left}" cy="${top}" r="3.5"/>`),
	].join('');
}

/** Names at the ends of the lines, moved apart where they would lie on each other. */
function drawNames(lines: readonly Line[], right: number): string[] {
	const ends = lines.map((line) => ({ line, at: y(line.points.at(-1)?.[1] ?? 1) })).sort((a, b) => a.at - b.at);
	let above = Number.NEGATIVE_INFINITY;
	return ends.map(({ line, at }) => {
		above = Math.max(at, above + 17);
		return `<text x="${right + 12}" y="${above.toFixed(1)}" dy="4">${line.name}</text>`;
	});
}
