/** How far something is; without a value it says only that it goes on. */
import { ProgressBar as AriaProgressBar, Label } from 'react-aria-components';
import './field.css';
import './progress-bar.css';

export interface ProgressBarProps {
	readonly label: string;
	readonly hideLabel?: boolean;
	/** 0 to 1; none while it is not known. */
	readonly fraction?: number;
	/** At the right above the bar, for example the time left; per cent when absent. */
	readonly valueText?: string;
	readonly state?: 'normal' | 'paused' | 'error';
}

export function ProgressBar({ label, hideLabel = false, fraction, valueText, state = 'normal' }: ProgressBarProps) {
	return (
		<AriaProgressBar
			className={`progress progress-${state}`}
			aria-label={hideLabel ? label : undefined}
			value={(fraction ?? 0) * 100}
			isIndeterminate={fraction === undefined}
		>
			{({ valueText: percentage }) => (
				<>
					{hideLabel ? null : (
						<span className="progress-heading">
							<Label className="field-label">{label}</Label>
							<span className="field-label">{valueText ?? (fraction === undefined ? '' : percentage)}</span>
						</span>
					)}
					<span className="progress-track">
						<span
							className={`progress-fill ${fraction === undefined ? 'progress-fill-unknown' : ''}`}
							style={
								fraction === undefined ? undefined : { transform: `scaleX(${Math.min(1, Math.max(0, fraction))})` }
							}
						/>
					</span>
				</>
			)}
		</AriaProgressBar>
	);
}
