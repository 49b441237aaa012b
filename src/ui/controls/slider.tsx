/** A value on a range. */
import { Slider as AriaSlider, Label, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import './field.css';
import './slider.css';

export interface SliderProps {
	readonly label: string;
	readonly hideLabel?: boolean;
	readonly value: number;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly step?: number;
	readonly disabled?: boolean;
	readonly orientation?: 'horizontal' | 'vertical';
	/** Paints the track, for example with the hues it chooses from. */
	readonly trackStyle?: { readonly background: string };
	/** How the value is shown and spoken; the number when absent. */
	format?(value: number): string;
	onChange(value: number): void;
}

export function Slider(props: SliderProps) {
	const { label, hideLabel = false, value, minimum = 0, maximum = 100, step = 1, trackStyle, format } = props;
	return (
		<AriaSlider
			className="slider"
			aria-label={hideLabel ? label : undefined}
			value={value}
			minValue={minimum}
			maxValue={maximum}
			step={step}
			isDisabled={props.disabled ?? false}
			orientation={props.orientation ?? 'horizontal'}
			onChange={(next) => props.onChange(typeof next === 'number' ? next : (next[0] ?? minimum))}
		>
			{hideLabel ? null : (
				<span className="slider-heading">
					<Label className="field-label">{label}</Label>
					<SliderOutput className="field-label">{format === undefined ? String(value) : format(value)}</SliderOutput>
				</span>
			)}
			<SliderTrack className={`slider-track ${trackStyle === undefined ? '' : 'slider-track-painted'}`}>
				{({ state }) => (
					<>
						<span className="slider-rail" style={trackStyle} />
						<span
							className="slider-fill"
							style={{ '--fill': `${state.getThumbPercent(0) * 100}%` } as React.CSSProperties}
						/>
						<SliderThumb className="slider-thumb" />
					</>
				)}
			</SliderTrack>
		</AriaSlider>
	);
}
