/** A dialogue over the whole window that does one thing: its button waits for the answer, and a refusal stays in view. */
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Button } from '#ui/controls/button.tsx';
import { Dialog } from '#ui/controls/dialog.tsx';

export interface DeedDialogProps {
	readonly title: string;
	readonly children: ReactNode;
	/** Of the button that does it. */
	readonly deed: string;
	readonly kind?: 'primary' | 'danger';
	readonly width?: number;
	/** Something is missing yet. */
	readonly disabled?: boolean;
	/** `false` when the dialogue stays open without having failed. */
	onDeed(): Promise<boolean>;
	describe(error: unknown): string;
	onClose(): void;
}

export function DeedDialog(props: DeedDialogProps) {
	const { title, children, deed, kind = 'primary', width = 420, disabled = false, onClose } = props;
	const [state, setState] = useState({ busy: false, problem: '' });
	const run = async () => {
		if (state.busy || disabled) return;
		setState({ busy: true, problem: '' });
		try {
			if (await props.onDeed()) onClose();
			else setState({ busy: false, problem: '' });
		} catch (error) {
			setState({ busy: false, problem: props.describe(error) });
		}
	};
	return (
		<OverWindow>
			<Dialog
				{...{ title, width, onClose }}
				onSubmit={() => void run()}
				actions={
					<>
						<Button onPress={onClose}>Cancel</Button>
						<Button kind={kind} type="submit" disabled={state.busy || disabled}>
							{deed}
						</Button>
					</>
				}
			>
				{children}
				<p className="settings-problem" role="alert">
					{state.problem}
				</p>
			</Dialog>
		</OverWindow>
	);
}

/** The page scrolls; what stands over it does not. */
function OverWindow({ children }: { children: ReactNode }) {
	const place = useRef<HTMLSpanElement>(null);
	const [window, setWindow] = useState<Element | null>(null);
	useLayoutEffect(() => setWindow(place.current?.closest('.settings') ?? null), []);
	return (
		<>
			<span ref={place} hidden />
			{window === null ? null : createPortal(children, window)}
		</>
	);
}
