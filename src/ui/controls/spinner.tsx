/** Says that something is under way. It appears only after a moment, so that quick work does not flicker. */
import './spinner.css';

export interface SpinnerProps {
	/** What is under way, for people who do not see it. */
	readonly label: string;
	readonly size?: number;
}

export function Spinner({ label, size = 24 }: SpinnerProps) {
	return (
		<span className="spinner" role="status" aria-label={label} style={{ width: size, height: size }}>
			<svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
				<circle cx="12" cy="12" r="9" className="spinner-track" />
				<path d="M12 3a9 9 0 0 1 9 9" className="spinner-arc" />
			</svg>
		</span>
	);
}
