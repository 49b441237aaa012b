/** What a window shows when its program has failed. */
import { Icon } from '#ui/icon.tsx';
import './crash-card.css';

export interface CrashCardProps {
	readonly title: string;
	readonly reason: string;
	onRestart(): void;
	onClose(): void;
}

export function CrashCard({ title, reason, onRestart, onClose }: CrashCardProps) {
	return (
		<div className="crash-card" role="alert">
			<Icon name="crashed" size={64} />
			<h3>{title} has stopped working</h3>
			<p>The program failed and was ended. Files that it had saved are safe; the rest of the desktop goes on.</p>
			<pre className="crash-reason selectable">{reason}</pre>
			<div className="crash-actions">
				<button type="button" className="shell-button shell-button-primary" onClick={onRestart}>
					Start it again
				</button>
				<button type="button" className="shell-button" onClick={onClose}>
					Close the window
				</button>
			</div>
		</div>
	);
}
