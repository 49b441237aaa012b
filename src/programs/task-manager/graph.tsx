/** A small graph of the last minute. */
import { useId } from 'react';
import { historySeconds } from './performance-history.ts';

export interface GraphLine {
	readonly label: string;
	readonly values: readonly number[];
	/** Drawn dashed, so that two lines differ by more than their colour. */
	readonly dashed?: boolean;
}

export interface GraphProps {
	readonly title: string;
	/** The figure of now, as text. */
	readonly current: string;
	readonly detail?: string;
	readonly top: number;
	readonly topLabel: string;
	readonly lines: readonly GraphLine[];
}

const width = 300;
const height = 84;

function pathOf(values: readonly number[], top: number): string {
	const points = values.map((value, index) => {
		const x = width - (values.length - 1 - index) * (width / (historySeconds - 1));
		const y = height - (Math.min(value, top) / top) * (height - 4);
		return `${x.toFixed(1)},${y.toFixed(1)}`;
	});
	return points.join(' ');
}

export function Graph({ title, current, detail, top, topLabel, lines }: GraphProps) {
	const titleId = useId();
	return (
		<figure className="graph" aria-labelledby={titleId}>
			<figcaption id={titleId} className="graph-head">
				<span className="graph-title">{title}</span>
				<span className="graph-current">{current}</span>
			</figcaption>
			<div className="graph-frame">
				<span className="graph-top">{topLabel}</span>
				<svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
					{[0.25, 0.5, 0.75].map((part) => (
						<line key={part} className="graph-grid" x1="0" x2={width} y1={height * part} y2={height * part} />
					))}
					{lines.map((line) => (
						<g key={line.label} className={line.dashed ? 'graph-second' : 'graph-first'}>
							{line.dashed || line.values.length < 2 ? null : (
								<polygon
									points={`${pathOf(line.values, top)} ${width},${height} ${(width - (line.values.length - 1) * (width / (historySeconds - 1))).toFixed(1)},${height}`}
								/>
							)}
							<polyline points={pathOf(line.values, top)} vectorEffect="non-scaling-stroke" />
						</g>
					))}
				</svg>
			</div>
			<p className="graph-detail">{detail ?? 'Last 60 seconds'}</p>
		</figure>
	);
}
